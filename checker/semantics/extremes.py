"""GREATEST and LEAST with a NULL: NULL in Snowflake and BigQuery, left out elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.dialect import Dialect


def apply(tree: exp.Expr, dialect: Dialect) -> Iterator[str]:
    """sqlglot spells it out where the dialect means NULL."""
    if any(node.args.get("ignore_nulls") is False for node in tree.find_all(exp.Greatest, exp.Least)):
        yield f"GREATEST and LEAST are NULL in {dialect.title} when an argument is: the translation says so"
