"""What can be typed in an interview: one file, one command, discovered by its presence.

A module has `ORDER` (its place in the help), `USAGE`, and `command`, whose docstring is its help.
"""
