"""COUNT_IF of nothing but NULL: 0 in the warehouses, NULL in DuckDB."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.dialect import Dialect


def apply(tree: exp.Expr, dialect: Dialect) -> Iterator[str]:
    """It is written as a COUNT of a CASE."""
    found = list(tree.find_all(exp.CountIf))
    for node in found:
        branch = exp.If(this=node.this, true=exp.Literal.number(1))
        node.replace(exp.Count(this=exp.Case(ifs=[branch]), big_int=True))
    if found:
        yield f"COUNT_IF is 0 in {dialect.title} where every condition is NULL: the translation counts a CASE"
