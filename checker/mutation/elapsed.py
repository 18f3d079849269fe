"""Spans of time, and the clock they are measured by.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, TIMESTAMP '2026-01-01 10:00:50', TIMESTAMP '2026-01-01 10:30:55'),
        (2, TIMESTAMP '2026-01-01 10:00:00', TIMESTAMP '2026-01-01 10:30:00'),
        (3, TIMESTAMP '2026-01-01 22:50:00', TIMESTAMP '2026-01-01 23:21:00')
    ) AS t(turn_index, created_at, completed_at);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, changing
from checker.mutant import operator
from checker.tree import Tree

_UNITS = ("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH")
_SECONDS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600, "DAY": 86400, "WEEK": 604800}
_OFFSET = "Asia/Tokyo"


@operator("P08", clause="INTERVAL", symmetric=True)
def measure_another_span(tree: Tree) -> Iterator[Edit]:
    """You measure another span of time: one more, one less, or in another unit.

    Before:
        SELECT turn_index FROM turns WHERE completed_at - created_at > INTERVAL '30' MINUTE
    After:
        SELECT turn_index FROM turns WHERE completed_at - created_at > INTERVAL '30' SECOND
    """
    for span in tree.nodes(exp.Interval):
        unit = _unit(span)
        if isinstance(span.this, exp.Literal) and span.this.name.isdigit():
            for near in (int(span.this.name) + 1, int(span.this.name) - 1):
                yield changing(span, this=exp.Literal.string(str(near)))
        for other in _beside(unit):
            yield changing(span, unit=exp.var(other))
    for cut in tree.nodes(exp.TimestampTrunc, exp.DateTrunc, exp.DateDiff):
        for other in _beside(_unit(cut)):
            yield changing(cut, unit=exp.var(other))


def _unit(node: exp.Expr) -> str:
    unit = node.args.get("unit")
    return unit.name.upper().rstrip("S") if isinstance(unit, exp.Expr) else ""


def _beside(unit: str) -> list[str]:
    if unit not in _UNITS:
        return []
    place = _UNITS.index(unit)
    return [_UNITS[near] for near in (place - 1, place + 1) if 0 <= near < len(_UNITS)]


def measure_elapsed(tree: Tree) -> Iterator[Edit]:
    """The time that passed, where boundaries were counted."""
    for call in tree.nodes(exp.DateDiff):
        seconds = _SECONDS.get(_unit(call))
        if seconds is not None:
            gone = exp.Sub(this=call.this.copy(), expression=call.expression.copy())
            whole = exp.Anonymous(this="epoch", expressions=[gone])
            yield Edit(call, exp.Div(this=whole, expression=exp.Literal.number(seconds)))


@operator("P09", clause="elapsed time", inverse=measure_elapsed)
def count_boundaries(tree: Tree) -> Iterator[Edit]:
    """You measure time by date_diff, which counts the boundaries between minutes or hours, not the time that passed.

    Before:
        SELECT turn_index FROM turns WHERE completed_at - created_at > INTERVAL '30' MINUTE
    After:
        SELECT turn_index FROM turns WHERE date_diff('MINUTE', created_at, completed_at) > 30
    """
    for test in tree.nodes(exp.LT, exp.LTE, exp.GT, exp.GTE):
        gone, span = test.this.unnest(), test.expression.unnest()
        if isinstance(gone, exp.Sub) and isinstance(span, exp.Interval) and isinstance(span.this, exp.Literal):
            for name in ("date_diff", "date_sub"):
                counted = _between(name, _unit(span), gone)
                yield Edit(test, type(test)(this=counted, expression=exp.Literal.number(span.this.name)))
    for call in _epochs(tree):
        gone = call.expressions[0].unnest() if call.expressions else call.this.unnest()
        if isinstance(gone, exp.Sub):
            yield Edit(call, _between("date_diff", "SECOND", gone))


def _epochs(tree: Tree) -> Iterator[exp.Expr]:
    for call in tree.nodes(exp.Func):
        name = call.name if isinstance(call, exp.Anonymous) else call.sql_name()
        if name.lower() in ("epoch", "time_to_unix"):
            yield call


def _between(name: str, unit: str, gone: exp.Sub) -> exp.Expr:
    if name == "date_diff":
        ends = {"this": gone.this.copy(), "expression": gone.expression.copy()}
        return exp.DateDiff(**ends, unit=exp.var(unit), date_part_boundary=True)
    arguments = [exp.Literal.string(unit.lower()), gone.expression.copy(), gone.this.copy()]
    return exp.Anonymous(this=name, expressions=arguments)


@operator("P11", clause="the time zone", symmetric=False)
def cut_the_day_elsewhere(tree: Tree) -> Iterator[Edit]:
    """You cut days by another clock than the question says.

    Before:
        SELECT turn_index, CAST(completed_at AS DATE) AS day FROM turns
    After:
        SELECT turn_index, CAST(completed_at + INTERVAL '9' HOURS AS DATE) AS day FROM turns
    """
    for cast in tree.nodes(exp.Cast):
        if cast.to.is_type("date"):
            yield changing(cast, this=exp.Add(this=cast.this.copy(), expression=_hours(9)))
    for cut in tree.nodes(exp.TimestampTrunc, exp.DateTrunc):
        if _unit(cut) in ("DAY", "WEEK", "MONTH"):
            yield changing(cut, this=exp.Add(this=cut.this.copy(), expression=_hours(9)))
    for zone in tree.nodes(exp.AtTimeZone):
        yield Edit(zone, zone.this.copy())
        yield changing(zone, zone=exp.Literal.string(_OFFSET))


def _hours(number: int) -> exp.Interval:
    return exp.Interval(this=exp.Literal.string(str(number)), unit=exp.var("HOURS"))
