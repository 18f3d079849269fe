"""Lists and what is in them: unnesting differs more between warehouses than anything else."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.dialect import Dialect
from checker.semantics.untranslatable import Untranslatable

TELLS_WHOLE_ROWS = ("bigquery",)


def apply(tree: exp.Expr, dialect: Dialect) -> Iterator[str]:
    """No notes: Untranslatable for positions, FLATTEN, LATERAL VIEW, and rows that unfold into columns."""
    for node in tree.walk():
        if isinstance(node, exp.Unnest) and node.args.get("offset") is not None:
            raise Untranslatable("a position in a list counts from 0 here, from 1 there: it is not translated", node)
        if isinstance(node, exp.Unnest) and dialect.name not in TELLS_WHOLE_ROWS and _columns(node) > 1:
            raise Untranslatable("UNNEST that unfolds rows into columns is not translated: name one column", node)
        if isinstance(node, exp.Lateral) and not isinstance(node.this, exp.Subquery | exp.Unnest):
            what = "FLATTEN" if dialect.name == "snowflake" else "LATERAL VIEW"
            raise Untranslatable(f"{what} of {dialect.title} is not translated", node)
        if isinstance(node, exp.Table) and dialect.name == "snowflake" and isinstance(node.this, exp.Func):
            raise Untranslatable("FLATTEN of Snowflake is not translated", node)
    yield from ()


def _columns(node: exp.Unnest) -> int:
    alias = node.args.get("alias")
    return len(alias.args.get("columns") or ()) if alias is not None else 0
