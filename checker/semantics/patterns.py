"""LIKE: a backslash escapes in most warehouses, and is a character like any other in DuckDB."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.dialect import Dialect
from checker.semantics.untranslatable import Untranslatable


def apply(tree: exp.Expr, dialect: Dialect) -> Iterator[str]:
    """No notes: Untranslatable for a pattern with a backslash."""
    for node in tree.find_all(exp.Like, exp.ILike):
        if "\\" in node.expression.name:
            raise Untranslatable(f"a backslash in LIKE escapes in {dialect.title}: write it without", node)
    yield from ()
