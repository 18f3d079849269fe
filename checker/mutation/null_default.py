"""What stands in for a missing value: COALESCE and NULLIF.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, 4, 2), (2, NULL, 2), (3, 10, NULL), (4, 6, 0)
    ) AS t(turn_index, seconds, tokens);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, changing, operand
from checker.mutant import operator
from checker.tree import Tree

_MEANS = (exp.Avg, exp.Median, exp.PercentileCont, exp.PercentileDisc)


def fill_with_zero(tree: Tree) -> Iterator[Edit]:
    """COALESCE(x, 0) around what a SELECT gives and around what is added up."""
    for select in tree.nodes(exp.Select):
        for item in select.expressions:
            inner = item.this if isinstance(item, exp.Alias) else item
            if isinstance(inner, exp.Column | exp.Cast | exp.AggFunc | exp.Window) and not isinstance(
                inner, exp.Coalesce
            ):
                zero = exp.Coalesce(this=inner.copy(), expressions=[exp.Literal.number(0)])
                yield Edit(item, exp.alias_(zero, item.alias_or_name))


def guard_the_divisor(tree: Tree) -> Iterator[Edit]:
    """NULLIF(x, 0) around what is divided by."""
    for division in tree.nodes(exp.Div):
        if not isinstance(division.expression.unnest(), exp.Literal | exp.Nullif):
            guarded = exp.Nullif(this=division.expression.unnest().copy(), expression=exp.Literal.number(0))
            yield changing(division, expression=guarded)


@operator("N01", clause="COALESCE", inverse=fill_with_zero)
def drop_coalesce(tree: Tree) -> Iterator[Edit]:
    """You leave a missing value missing where the question gives it a value.

    Before:
        SELECT turn_index, coalesce(seconds, 0) AS seconds FROM turns
    After:
        SELECT turn_index, seconds AS seconds FROM turns

    As a repair: you give a missing value a value, where the question leaves it missing.
    """
    for call in tree.nodes(exp.Coalesce):
        yield Edit(call, operand(call.this))


@operator("N02", clause="COALESCE", symmetric=True)
def flip_the_default(tree: Tree) -> Iterator[Edit]:
    """You let something else stand in for a missing value.

    Before:
        SELECT turn_index, coalesce(seconds, 0) AS seconds FROM turns
    After:
        SELECT turn_index, coalesce(seconds, 1) AS seconds FROM turns
    """
    for call in tree.nodes(exp.Coalesce):
        last = call.expressions[-1] if call.expressions else None
        if isinstance(last, exp.Boolean):
            yield Edit(last, exp.Boolean(this=not last.this))
        elif isinstance(last, exp.Literal) and last.is_string:
            yield Edit(last, exp.Literal.string(""))
        elif isinstance(last, exp.Literal):
            yield Edit(last, exp.Literal.number(1 if float(last.name) == 0 else 0))
        elif last is not None:
            yield changing(call, this=last, expressions=[call.this, *call.expressions[:-1]])


@operator("N03", clause="NULLIF", inverse=guard_the_divisor)
def drop_nullif(tree: Tree) -> Iterator[Edit]:
    """You let a value count that stands for nothing, such as a divisor of zero.

    Before:
        SELECT turn_index, seconds / nullif(tokens, 0) AS pace FROM turns
    After:
        SELECT turn_index, seconds / tokens AS pace FROM turns
    """
    for call in tree.nodes(exp.Nullif):
        yield Edit(call, operand(call.this))


@operator("N08", clause="a mean over missing values")
def count_missing_as_zero(tree: Tree) -> Iterator[Edit]:
    """You count a missing value as 0 in a mean, and the mean sinks.

    Before:
        SELECT avg(seconds) AS seconds FROM turns
    After:
        SELECT avg(coalesce(seconds, 0)) AS seconds FROM turns
    """
    for call in tree.nodes(*_MEANS):
        if isinstance(call.this, exp.Column | exp.Cast | exp.Binary | exp.Func):
            yield changing(call, this=exp.Coalesce(this=call.this.copy(), expressions=[exp.Literal.number(0)]))
