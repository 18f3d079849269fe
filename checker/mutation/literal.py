"""Constants: numbers that are one off, and one word for another.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, 'user', 'low'), (2, 'assistant', 'high'), (3, 'user', 'HIGH')
    ) AS t(turn_index, role, risk);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, changing
from checker.mutant import operator
from checker.tree import Tree

_SPOKEN_FOR = (exp.WindowSpec, exp.Bracket, exp.Interval, exp.Lag, exp.Lead, exp.Coalesce, exp.DataTypeParam, exp.Limit)
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between, exp.In)
MOST_VALUES = 2


@operator("P06", clause="a number", symmetric=True)
def be_one_off(tree: Tree) -> Iterator[Edit]:
    """You are one off: a constant is larger or smaller than the question says.

    Before:
        SELECT turn_index FROM turns WHERE turn_index <= 2
    After:
        SELECT turn_index FROM turns WHERE turn_index <= 3
    """
    for literal in tree.nodes(exp.Literal):
        if literal.is_string or isinstance(literal.parent, _SPOKEN_FOR) or literal.arg_key == "unit":
            continue
        for near in _near(literal.name):
            yield Edit(literal, near)


def _near(name: str) -> Iterator[exp.Expr]:
    if name.isdigit():
        number = int(name)
        yield exp.Literal.number(number + 1)
        # Negative numbers are expressions of their own.
        yield exp.Literal.number(number - 1) if number > 0 else exp.Paren(this=exp.Neg(this=exp.Literal.number(1)))
    else:
        digits = len(name.partition(".")[2])
        step = 10.0**-digits if digits else 1.0
        yield from (
            exp.Literal.number(f"{float(name) + sign * step:.{digits}f}") for sign in (1, -1) if float(name) >= step
        )


@operator("P07", clause="a text", symmetric=True)
def name_another_value(tree: Tree) -> Iterator[Edit]:
    """You ask for another value than the question does, or spell it in other letters.

    Before:
        SELECT turn_index FROM turns WHERE risk = 'high'
    After:
        SELECT turn_index FROM turns WHERE risk = 'HIGH'
    """
    for literal in tree.nodes(exp.Literal):
        test = literal.parent
        if not literal.is_string or not isinstance(test, _COMPARISONS):
            continue
        for value in _siblings(tree, test, literal.name):
            yield Edit(literal, exp.Literal.string(value))
    for fold in tree.nodes(exp.Lower, exp.Upper):
        yield Edit(fold, fold.this.copy())
        other = exp.Upper if isinstance(fold, exp.Lower) else exp.Lower
        yield (
            changing(fold, this=other(this=fold.this.copy()))
            if isinstance(fold.parent, exp.Select)
            else Edit(fold, other(this=fold.this.copy()))
        )


def _siblings(tree: Tree, test: exp.Expr, value: str) -> list[str]:
    """Other values that the tested column has; without a profile the same letters in capitals."""
    columns = [side for side in (test.this, test.args.get("expression")) if isinstance(side, exp.Column)]
    scope = tree.scope(test)
    found = scope.resolve(columns[0]) if scope is not None and columns else None
    base = tree.profile.column(found.table, found.column) if found is not None else None
    known = base.values if base is not None else ()
    others = [other for other in known if other != value]
    return others[:MOST_VALUES] or [value.upper() if value != value.upper() else value.lower()]
