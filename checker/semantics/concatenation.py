"""CONCAT with a NULL: NULL in most warehouses, left out in PostgreSQL and DuckDB; `||` is NULL everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.dialect import Dialect


def apply(tree: exp.Expr, dialect: Dialect) -> Iterator[str]:
    """sqlglot writes `||` where the dialect means NULL."""
    if any(not node.args.get("coalesce") for node in tree.find_all(exp.Concat)):
        yield f"CONCAT is NULL in {dialect.title} when an argument is: the translation says ||"
