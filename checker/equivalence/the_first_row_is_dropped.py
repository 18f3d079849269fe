"""A row with nothing before it is thrown away, whatever its default says.

Proof: the default of LAG or LEAD is its own argument, and is taken only in rows that have no row to look
at. There the one SELECT that reads the step compares, in WHERE, a column with the value that LAG found
for the same column, perhaps less a number, or with another LAG of the same window and offset that has no
default. Without the default NULL stands in that comparison, with it the same value on both sides of `<>`,
`<` or `>`: it is never true, and the row goes either way.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, 'low', 5), (2, 'low', 7), (3, 'high', 8), (4, 'low', 2)
    ) AS t(turn_index, risk, seconds);

Proves W11:
    WITH beside AS (SELECT turn_index, risk, lag(risk) OVER (ORDER BY turn_index) AS before FROM turns)
    SELECT turn_index FROM beside WHERE risk <> before
    WITH beside AS (SELECT turn_index, risk, lag(risk, 1, risk) OVER (ORDER BY turn_index) AS before FROM turns)
    SELECT turn_index FROM beside WHERE risk <> before

Leaves W11:
    WITH beside AS (SELECT turn_index, risk, lag(risk) OVER (ORDER BY turn_index) AS before FROM turns)
    SELECT turn_index FROM beside WHERE risk = before
    WITH beside AS (SELECT turn_index, risk, lag(risk, 1, risk) OVER (ORDER BY turn_index) AS before FROM turns)
    SELECT turn_index FROM beside WHERE risk = before

Proves W11:
    WITH beside AS (
        SELECT turn_index, risk, lag({'r': risk, 's': seconds}) OVER (ORDER BY turn_index) AS before FROM turns
    )
    SELECT turn_index, before.s AS s FROM beside WHERE risk <> before.r
    WITH beside AS (
        SELECT turn_index, risk, lag({'r': risk, 's': seconds}, 1, {'r': risk, 's': seconds}) OVER (
            ORDER BY turn_index) AS before
        FROM turns
    )
    SELECT turn_index, before.s AS s FROM beside WHERE risk <> before.r

Proves W11:
    WITH beside AS (
        SELECT risk, lag(risk) OVER earlier AS before, lag(seconds) OVER earlier AS ago
        FROM turns WINDOW earlier AS (ORDER BY turn_index)
    )
    SELECT risk, ago FROM beside WHERE risk <> before
    WITH beside AS (
        SELECT risk, lag(risk) OVER earlier AS before, lag(seconds, 1, seconds) OVER earlier AS ago
        FROM turns WINDOW earlier AS (ORDER BY turn_index)
    )
    SELECT risk, ago FROM beside WHERE risk <> before
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.mutant import Mutant
from checker.presence import filters, only_reader
from checker.tree import Tree
from checker.window import Window

_UNEQUAL = (exp.NEQ, exp.LT, exp.GT)


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether the reader of the step drops every row in which the default would be taken."""
    call, other = mutant.edit.node, mutant.edit.replacement
    if mutant.operator.id != "W11" or call.args.get("default") is not None or other.args.get("default") != call.this:
        return False
    window = next((each for each in tree.windows if each.function is call), None)
    select = call.find_ancestor(exp.Select)
    reader = only_reader(tree, select) if select is not None else None
    if window is None or select is None or reader is None or reader.args.get("joins"):
        return False
    kept = {item.alias_or_name.lower(): item.unalias() for item in select.expressions}
    return any(_never_true(tree, window, kept, one, two) for one, two in _compared(reader))


def _compared(reader: exp.Select) -> Iterator[tuple[exp.Column, exp.Column]]:
    """The columns that WHERE holds to be unequal, both ways round."""
    for condition in filters(reader):
        test = condition.unnest()
        sides = [side for side in _sides(test) if isinstance(side, exp.Column)]
        if isinstance(test, _UNEQUAL) and len(sides) == 2:
            yield from ((sides[0], sides[1]), (sides[1], sides[0]))


def _sides(test: exp.Expr) -> tuple[exp.Expr | None, ...]:
    """What is compared; from the greater side a positive number may be taken: `before < now - 1`."""
    sides = [test.args.get("this"), test.args.get("expression")]
    greater = 1 if isinstance(test, exp.LT) else 0 if isinstance(test, exp.GT) else None
    taken = sides[greater] if greater is not None else None
    if greater is not None and isinstance(taken, exp.Sub) and isinstance(taken.expression, exp.Literal):
        sides[greater] = taken.this
    return tuple(sides)


def _never_true(tree: Tree, window: Window, kept: dict[str, exp.Expr], now: exp.Column, before: exp.Column) -> bool:
    """Whether `now <> before` is not true where `window` finds no row, with the default and without."""
    looked = kept.get((before.table or before.name).lower())
    found = next((each for each in tree.windows if each.node is looked), None)
    if found is None or not _same_look(window, found):
        return False
    if found.function is not window.function:
        return True
    value = found.function.this
    if isinstance(value, exp.Struct):
        items = [item for item in value.expressions if isinstance(item, exp.PropertyEQ)]
        value = next((item.expression for item in items if item.name.lower() == before.name.lower()), None)
    return isinstance(value, exp.Column) and _is(kept, now.name.lower(), value)


def _is(kept: dict[str, exp.Expr], name: str, value: exp.Column) -> bool:
    """Whether the step gives that value under that name."""
    given = kept.get(name)
    starred = any(isinstance(item, exp.Star) for item in kept.values()) and value.name.lower() == name
    return given == value or (given is None and starred)


def _same_look(one: Window, other: Window) -> bool:
    """Whether two calls look at the same row and neither skips any."""
    calls = (one.function, other.function)
    return (
        isinstance(calls[0], exp.Lag | exp.Lead)
        and type(calls[0]) is type(calls[1])
        and calls[0].args.get("offset") == calls[1].args.get("offset")
        and calls[1].args.get("default") is None
        and not any(isinstance(call.parent, exp.IgnoreNulls) for call in calls)
        and one.partition == other.partition
        and [key.parent for key in one.order] == [key.parent for key in other.order]
    )
