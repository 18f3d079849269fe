"""The lint rules: one file, one rule, discovered by its presence (see `checker.lint`)."""
