"""The rules that prove mutants equivalent: one a module, found by its presence; see `checker.equivalences`."""
