"""Writes a syntax tree as DuckDB SQL that the engine reads as the same tree.

sqlglot's own DuckDB writer is nearly there; what it writes differently is put right here. A test
compares, for every query of the exercises, the engine's tree of the text with its tree of what is
written.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.generators.duckdb import DuckDBGenerator


class _Writer(DuckDBGenerator):
    """`IS NOT NULL`, `NOT IN` and their like in one word order, as people and the engine have them."""

    TRANSFORMS: ClassVar[dict[type[exp.Expr], Any]] = {
        **DuckDBGenerator.TRANSFORMS,
        exp.LogicalOr: lambda self, truth: self.func("bool_or", truth.this),
        exp.LogicalAnd: lambda self, truth: self.func("bool_and", truth.this),
    }

    def not_sql(self, expression: exp.Not) -> str:
        inner = expression.this
        if isinstance(inner, exp.Is):
            return f"{self.sql(inner, 'this')} IS NOT {self.sql(inner, 'expression')}"
        if isinstance(inner, exp.In | exp.Between | exp.Like | exp.ILike):
            subject = inner.this
            rest = self.sql(inner)[len(self.sql(subject)) :]
            return f"{self.sql(subject)} NOT{rest}"
        return super().not_sql(expression)

    def arrayagg_sql(self, expression: exp.ArrayAgg) -> str:
        return self.func("list", expression.this)

    def arraysize_sql(self, expression: exp.ArraySize) -> str:
        return self.func("len", expression.this)


def write(tree: exp.Expr, *, pretty: bool = False, comments: bool = False) -> str:
    """The tree as one statement; `pretty` breaks it into lines."""
    options: dict[str, Any] = {"pretty": pretty, "comments": comments, "normalize_functions": "lower"}
    return _Writer(dialect="duckdb", **options).generate(tree)
