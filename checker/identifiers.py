"""The names that stand in a query's text: a superset of the tables, columns and fields that it reads."""

from __future__ import annotations

import re

# What is no name: comments, text, and the name that something is given.
_SKIPPED = r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\$\$.*?\$\$|\bAS\s+\"?\w+\"?(?!\s*\()"
_NAME = re.compile(rf"{_SKIPPED}|(?P<name>\w+)", re.IGNORECASE | re.DOTALL)


def identifiers(sql: str) -> frozenset[str]:
    """The words of a query in lower case, without its comments, its texts and the aliases that it gives.

    >>> sorted(identifiers("SELECT count(*) AS users -- of turns\\nFROM t WHERE note = 'labels'"))
    ['count', 'from', 'note', 'select', 't', 'where']
    """
    return frozenset(found["name"].lower() for found in _NAME.finditer(sql) if found["name"])
