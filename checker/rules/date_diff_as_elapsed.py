"""date_diff as elapsed time: it counts the boundaries between two moments, not the time.

**Why it bites.** From 10:59:59 to 11:00:01 is one hour for `date_diff('hour', ...)`, and a silence of
30 minutes and 59 seconds is not longer than 30. Sittings are cut where nobody paused. Subtract the
timestamps and compare with an INTERVAL, or use `date_sub`, which counts whole units that passed.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, TIMESTAMPTZ '2026-01-05 10:00:00+00', TIMESTAMPTZ '2026-01-05 10:30:59+00')
    ) AS t(turn_index, created_at, completed_at);

Fires:

    SELECT turn_index FROM turns WHERE date_diff('minute', created_at, completed_at) > 30
    --                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index FROM turns WHERE completed_at - created_at > INTERVAL 30 MINUTES

Effect: differs

Allow it when boundaries are meant: how many clock hours were touched.

Source: DuckDB documentation, "Timestamp Functions": date_diff counts partition boundaries, date_sub whole units.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Edit, Fix, Proof, Severity

ID = "TIM001"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
PROOF = Proof.REPAIR

_UNITS = {"SECOND": 1, "MINUTE": 60, "HOUR": 3600}
_SHORT = {"S": "SECOND", "SEC": "SECOND", "M": "MINUTE", "MIN": "MINUTE", "H": "HOUR", "HR": "HOUR"}
_COARSER = {"SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"}
_COMPARES = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ, exp.NEQ, exp.Between)
_COMPUTES = (exp.Add, exp.Sub, exp.Mul, exp.Div)
_SUMMARISES = (exp.Avg, exp.Sum, exp.Max, exp.Min, exp.Median, exp.Quantile, exp.PercentileCont, exp.PercentileDisc)


def check(tree: Tree) -> Iterator[Hit]:
    """The differences, direct or by alias, that are compared, computed with or averaged."""
    if not any(tree.nodes(exp.DateDiff)):
        return
    seen: set[int] = set()
    for use in tree.nodes(*_COMPARES, *_COMPUTES, *_SUMMARISES):
        for operand in _operands(use):
            difference = _difference(tree, operand)
            if difference is None or id(difference) in seen or _is_exact(tree, use, difference):
                continue
            seen.add(id(difference))
            unit = _unit(difference)
            yield Hit(
                tree.call(difference),
                f"date_diff counts {str(unit).lower()} boundaries, not elapsed time: subtract the timestamps",
                probe=Fix((Edit(tree.call(difference), _elapsed(tree, difference)),), safe=False),
            )


def _elapsed(tree: Tree, difference: exp.DateDiff) -> str:
    until, since = tree.text(difference.this), tree.text(difference.expression)
    return f"((epoch({until}) - epoch({since})) / {_UNITS[_unit(difference) or 'SECOND']})"


def _operands(use: exp.Expr) -> Iterator[exp.Expr]:
    for key in ("this", "expression", "low", "high"):
        operand = use.args.get(key)
        if isinstance(operand, exp.Expr) and not isinstance(operand, exp.Query):
            yield operand


def _difference(tree: Tree, operand: exp.Expr) -> exp.DateDiff | None:
    """The date_diff an operand stands for, through brackets, signs, casts and aliases."""
    inner = tree.lineage.origin(operand, (exp.Cast, exp.Neg, exp.Abs, exp.Coalesce))
    return inner if isinstance(inner, exp.DateDiff) and _unit(inner) in _UNITS else None


def _unit(difference: exp.DateDiff) -> str | None:
    unit = difference.args.get("unit")
    name = unit.name.upper() if unit is not None else ""
    return _SHORT.get(name, name.removesuffix("S"))


def _is_exact(tree: Tree, use: exp.Expr, difference: exp.DateDiff) -> bool:
    """Dates and truncated moments lie on boundaries; same-hour tests and buckets want boundaries."""
    scope = tree.lineage.scope(difference)
    if any(_on_boundary(scope, moment) for moment in (difference.this, difference.expression)):
        return True
    if _unit(difference) == "SECOND" and not isinstance(use, _COMPARES):
        return True  # less than a second is lost: it matters on a threshold alone
    if isinstance(use, exp.EQ | exp.NEQ):
        return any(isinstance(side, exp.Literal) and side.name == "0" for side in (use.this, use.expression))
    if isinstance(use, exp.Mul):
        return any(isinstance(side.unnest(), exp.Interval) for side in (use.this, use.expression))
    return False


def _on_boundary(scope: Scope | None, moment: exp.Expr) -> bool:
    inner = scope.definition(moment) if scope is not None else moment.unnest()
    if isinstance(inner, exp.DateTrunc | exp.TimestampTrunc):
        unit = inner.args.get("unit")
        return unit is not None and unit.name.upper() in _COARSER
    if isinstance(inner, exp.Date | exp.CurrentDate | exp.TsOrDsToDate):
        return True
    return scope is not None and (scope.type_of(inner) == "DATE" or scope.type_of(moment) == "DATE")
