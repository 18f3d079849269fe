"""Writes a syntax tree as DuckDB SQL that the engine reads as the same tree.

sqlglot's own DuckDB writer is nearly there; what it writes differently is put right here. A test
compares, for every query of the exercises, the engine's tree of the text with its tree of what is
written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlglot import exp
from sqlglot.generators.duckdb import DuckDBGenerator

Writing = Callable[[DuckDBGenerator, Any], str]


def _negation(writer: DuckDBGenerator, negation: exp.Not) -> str:
    """`IS NOT NULL`, `NOT IN` and their like in one word order, as people and the engine have them."""
    inner = negation.this
    if isinstance(inner, exp.Is):
        return f"{writer.sql(inner, 'this')} IS NOT {writer.sql(inner, 'expression')}"
    if isinstance(inner, exp.In | exp.Between | exp.Like | exp.ILike):
        subject = inner.this
        rest = writer.sql(inner)[len(writer.sql(subject)) :]
        return f"{writer.sql(subject)} NOT{rest}"
    return writer.not_sql(negation)


_OWN: dict[type[exp.Expr], Writing] = {
    exp.Not: _negation,
    exp.LogicalOr: lambda writer, truth: writer.func("bool_or", truth.this),
    exp.LogicalAnd: lambda writer, truth: writer.func("bool_and", truth.this),
    exp.ArrayAgg: lambda writer, aggregate: writer.func("list", aggregate.this),
    exp.ArraySize: lambda writer, size: writer.func("len", size.this),
}


def write(tree: exp.Expr, *, pretty: bool = False, comments: bool = False) -> str:
    """The tree as one statement; `pretty` breaks it into lines."""
    options: dict[str, Any] = {"pretty": pretty, "comments": comments, "normalize_functions": "lower"}
    writer = DuckDBGenerator(dialect="duckdb", **options)
    writer._dispatch = _dispatch()
    return writer.generate(tree)


@cache
def _dispatch() -> dict[type[exp.Expr], Writing]:
    """Who writes which node; the compiled writer may not be subclassed, and takes its table from here."""
    return {**DuckDBGenerator(dialect="duckdb")._dispatch, **_OWN}
