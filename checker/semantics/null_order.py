"""Where NULL stands in an order: last in DuckDB, elsewhere it depends on the direction."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.dialect import Dialect


def apply(tree: exp.Expr, dialect: Dialect) -> Iterator[str]:
    """sqlglot writes NULLS FIRST where the dialect means it; say so where nobody wrote it."""
    if any(bool(node.args.get("nulls_first")) for node in tree.find_all(exp.Ordered)):
        yield (
            f"{dialect.title} puts NULL first in {dialect.first_nulls} order where nothing is said: "
            "the translation says NULLS FIRST"
        )
