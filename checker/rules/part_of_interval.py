"""EXTRACT of a part of an interval: of 2 hours 30 the minutes are 30.

**Why it bites.** A silence of 2 hours 30 minutes looks like half an hour, and a median latency by
`extract(second from ...)` never exceeds 59. `date_sub` counts the whole units that passed.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, TIMESTAMPTZ '2026-01-05 10:00:00+00', TIMESTAMPTZ '2026-01-05 12:30:00+00')
    ) AS t(turn_index, created_at, completed_at);

Fires:

    SELECT turn_index, extract(minute FROM completed_at - created_at) AS minutes FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index, date_sub('minute', created_at, completed_at) AS minutes FROM turns

Effect: differs

Allow it when a clock is formatted: hours, minutes and seconds side by side.

Source: DuckDB documentation, "Interval Functions": a part is what is left after the larger units.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.expression_type import MOMENTS
from checker.literals import literal_text
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Fix, Severity

ID = "TIM006"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.SAFE

_UNITS = {"MINUTE", "MINUTES", "HOUR", "HOURS", "SECOND", "SECONDS", "MILLISECOND", "MILLISECONDS"}
_NAMED = (exp.Minute, exp.Hour, exp.Second)
_MOVABLE = (exp.Column, exp.Window, exp.Cast, exp.Max, exp.Min)


def check(tree: Tree) -> Iterator[Hit]:
    """The minutes, hours and seconds taken out of the difference of two moments."""
    for node, unit, value in _parts(tree):
        difference = tree.lineage.origin(value)
        if unit in _UNITS and isinstance(difference, exp.Sub) and _is_interval(tree, difference):
            message = f"this is the {unit.lower()} part, what larger units leave: date_sub counts all that passed"
            yield Hit(tree.call(node), message, _fix(tree, node, unit, value.unnest()))


def _parts(tree: Tree) -> Iterator[tuple[exp.Expr, str, exp.Expr]]:
    for node in tree.nodes(exp.Extract):
        yield node, node.name.upper(), node.expression
    for named in tree.nodes(*_NAMED):
        yield named, named.key.upper(), named.this
    for call in tree.nodes(exp.Anonymous):
        if call.name.lower() in ("date_part", "datepart") and len(call.expressions) == 2:
            yield call, (literal_text(call.expressions[0]) or "").upper(), call.expressions[1]


def _is_interval(tree: Tree, difference: exp.Sub) -> bool:
    """Whether both sides are moments: a moment less an interval is a moment, whose minutes are meant."""
    sides = (difference.this.unnest(), difference.expression.unnest())
    families = {tree.family(side) for side in sides}
    if not families & {None}:
        return families <= set(MOMENTS)
    return families <= {None, *MOMENTS} and all(isinstance(side, _MOVABLE) for side in sides)


def _fix(tree: Tree, node: exp.Expr, unit: str, value: exp.Expr) -> Fix | None:
    if not isinstance(value, exp.Sub):
        return None
    start, end = tree.text(value.expression), tree.text(value.this)
    return REPAIR(Edit(tree.call(node), f"date_sub('{unit.lower().rstrip('s')}', {start}, {end})"))
