"""Whether a frame holds the current row does not matter where the current row is never counted.

Proof: FILTER counts only rows in which a column has one value; the one SELECT that reads the result
keeps only rows in which the same column has another. So in every row that is kept, the current row is
not among those that are counted, and a frame with it gives what a frame without it gives.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, 'assistant'), (2, 'user'), (3, 'user'), (4, 'assistant'), (5, 'user')
    ) AS t(turn_index, role);

Proves W09:
    WITH looked_back AS (
        SELECT turn_index, role, max(turn_index) FILTER (WHERE role = 'assistant') OVER (
            ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS answer
        FROM turns
    )
    SELECT turn_index, answer FROM looked_back WHERE role = 'user'
    WITH looked_back AS (
        SELECT turn_index, role, max(turn_index) FILTER (WHERE role = 'assistant') OVER (
            ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS answer
        FROM turns
    )
    SELECT turn_index, answer FROM looked_back WHERE role = 'user'

Proves W09:
    WITH looked_back AS (
        SELECT turn_index, is_late, max(turn_index) FILTER (WHERE NOT is_late) OVER (
            ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS answer
        FROM (SELECT turn_index, turn_index > 3 AS is_late FROM turns) AS timed
    )
    SELECT turn_index, answer FROM looked_back WHERE is_late
    WITH looked_back AS (
        SELECT turn_index, is_late, max(turn_index) FILTER (WHERE NOT is_late) OVER (
            ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS answer
        FROM (SELECT turn_index, turn_index > 3 AS is_late FROM turns) AS timed
    )
    SELECT turn_index, answer FROM looked_back WHERE is_late

Leaves W09:
    WITH looked_back AS (
        SELECT turn_index, role, max(turn_index) FILTER (WHERE role = 'user') OVER (
            ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS answer
        FROM turns
    )
    SELECT turn_index, answer FROM looked_back WHERE role = 'user'
    WITH looked_back AS (
        SELECT turn_index, role, max(turn_index) FILTER (WHERE role = 'user') OVER (
            ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS answer
        FROM turns
    )
    SELECT turn_index, answer FROM looked_back WHERE role = 'user'
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

from sqlglot import exp

from checker.edit import parts
from checker.mutant import Mutant
from checker.presence import filters, only_reader, rows_differ
from checker.tree import Tree

_DEFAULT = {"kind": "ROWS", "start": "UNBOUNDED", "start_side": "PRECEDING", "end": "CURRENT ROW"}

_ORDERS: dict[type[exp.Expr], Callable[[int, int], bool]] = {
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
}


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether the edit only takes the current row into the frame, or out of it."""
    spec, other = mutant.edit.node, mutant.edit.replacement
    if mutant.operator.id == "W06":
        spec, other = spec.args.get("spec") or spec, exp.WindowSpec(**_DEFAULT)
    window = spec.parent
    if not isinstance(window, exp.Window) or not isinstance(window.this, exp.Filter):
        return False
    takes_in = mutant.operator.id == "W09" or (mutant.operator.id in ("W06", "W08") and _ends_there(spec, other))
    select = window.find_ancestor(exp.Select)
    if mutant.operator.id == "W06" and not (select is not None and _no_ties(tree, window, select)):
        return False
    reader = only_reader(tree, select) if select is not None else None
    if not takes_in or select is None or reader is None:
        return False
    counted = _values(parts(window.this.expression.this))
    tests = _of_columns_handed_on(select, reader)
    kept = _values(tests)
    apart = any(name in kept and kept[name] != value for name, value in counted.items())
    return apart or any(_excludes(test.unnest(), counted) for test in tests)


def _no_ties(tree: Tree, window: exp.Window, select: exp.Select) -> bool:
    """Whether the default frame, which is one of values, is one of rows too."""
    known = next((each for each in tree.windows if each.node is window), None)
    return known is not None and rows_differ(tree, select, (*known.partition, *known.order))


def _ends_there(spec: exp.Expr, other: exp.Expr) -> bool:
    """One frame of rows ends at the current row, the other directly before it, and they begin alike."""
    same = all(spec.args.get(name) == other.args.get(name) for name in ("kind", "start", "start_side", "exclude"))
    ends = {_end(spec), _end(other)}
    return same and ends == {"CURRENT ROW", "1 PRECEDING"} and str(spec.args.get("kind")).upper() == "ROWS"


def _end(spec: exp.Expr) -> str:
    end, side = spec.args.get("end"), spec.args.get("end_side")
    text = end.name if isinstance(end, exp.Expr) else str(end or "CURRENT ROW")
    return f"{text} {side}".upper() if side else text.upper()


def _of_columns_handed_on(select: exp.Select, reader: exp.Select) -> list[exp.Expr]:
    """The reader's conditions on columns that come to it under their own names."""
    given = {item.name.lower() for item in select.expressions if isinstance(item, exp.Column)}
    whole = any(isinstance(item, exp.Star) for item in select.expressions)
    return [t for t in filters(reader) if whole or {c.name.lower() for c in t.find_all(exp.Column)} <= given]


def _excludes(test: exp.Expr, counted: dict[str, str]) -> bool:
    """Whether a condition such as `status >= 500` keeps no row with the number that is counted."""
    compare = _ORDERS.get(type(test))
    if compare is None or not isinstance(test.this, exp.Column) or not isinstance(test.expression, exp.Literal):
        return False
    value = counted.get(test.this.name.lower(), "")
    return value.isdigit() and test.expression.is_int and not compare(int(value), int(test.expression.name))


def _values(conditions: Sequence[exp.Expr]) -> dict[str, str]:
    """The columns that conditions hold to one text each; a flag is asked for as it is, or with NOT."""
    found = {}
    for condition in conditions:
        test = condition.unnest()
        flag = test.this.unnest() if isinstance(test, exp.Not) else test
        if isinstance(flag, exp.Column):
            found[flag.name.lower()] = str(flag is test)
        elif (
            isinstance(test, exp.EQ) and isinstance(test.this, exp.Column) and isinstance(test.expression, exp.Literal)
        ):
            found[test.this.name.lower()] = test.expression.name
    return found
