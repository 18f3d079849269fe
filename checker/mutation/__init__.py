"""The mutation operators: one family a module, found by its presence; `checker.mutant` applies them."""
