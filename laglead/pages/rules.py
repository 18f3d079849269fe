"""The lint rules, each with its page, from the docstrings of `checker/rules/`."""

from __future__ import annotations

from checker.rule import catalogue_markdown


def page() -> str:
    """The page as markdown."""
    return catalogue_markdown().rstrip() + "\n"
