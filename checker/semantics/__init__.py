"""What a warehouse means otherwise than DuckDB: one difference a module, found by its presence.

A module has `apply(tree, dialect)`: it changes the tree so that DuckDB gives what the dialect would, yields a
note on each thing that it made explicit, and raises Untranslatable where it cannot.
"""
