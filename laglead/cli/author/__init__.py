"""Write exercises: scaffold, verify, look at mutants."""

ORDER = 120
