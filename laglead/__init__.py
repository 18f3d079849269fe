"""The command line: the only package that prints, reads the environment or exits."""

__version__ = "0.1.0"
