"""Types and rounding: when a number is cut, and whether a text is read as one.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, '10', 7), (2, '9', 2), (3, 'x', 5)
    ) AS t(turn_index, tokens, seconds);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, operand
from checker.mutant import operator
from checker.tree import Tree


@operator("C03", clause="CAST")
def drop_a_cast(tree: Tree) -> Iterator[Edit]:
    """You leave a value in its own type: text sorts and compares letter by letter, a date keeps its time.

    Before:
        SELECT max(try_cast(tokens AS INT)) AS most FROM turns
    After:
        SELECT max(tokens) AS most FROM turns

    As a repair: you convert a value, and what it was is lost.
    """
    for cast in tree.nodes(exp.Cast):
        if not isinstance(cast.this, exp.Null | exp.Literal):
            yield Edit(cast, operand(cast.this))


@operator("C04", clause="a division", symmetric=True)
def divide_whole(tree: Tree) -> Iterator[Edit]:
    """You divide and throw the rest away, or keep a rest that should go.

    Before:
        SELECT turn_index, seconds / 2 AS half FROM turns
    After:
        SELECT turn_index, seconds // 2 AS half FROM turns
    """
    for division in tree.nodes(exp.Div, exp.IntDiv):
        other = exp.IntDiv if isinstance(division, exp.Div) else exp.Div
        yield Edit(division, other(this=division.this.copy(), expression=division.expression.copy()))


def round_at_the_end(tree: Tree) -> Iterator[Edit]:
    """The value without its rounding."""
    for call in tree.nodes(exp.Round):
        yield Edit(call, operand(call.this))


@operator("C05", clause="a rounding", inverse=round_at_the_end)
def round_too_early(tree: Tree) -> Iterator[Edit]:
    """You round before you calculate on, or do not round where the question does.

    Before:
        SELECT sum(seconds / 2) AS total FROM turns
    After:
        SELECT sum(round(seconds / 2)) AS total FROM turns
    """
    for call in tree.nodes(exp.Round):
        yield Edit(call, operand(call.this))
    for division in tree.nodes(exp.Div):
        if not isinstance(division.parent, exp.Round):
            yield Edit(division, exp.Round(this=division.copy()))
    for mean in tree.nodes(exp.Avg, exp.Median):
        whole = mean.parent if isinstance(mean.parent, exp.Window) else mean
        yield Edit(whole, exp.Round(this=whole.copy()))
