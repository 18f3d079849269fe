"""A day or month cut out of a TIMESTAMPTZ: where it begins depends on the session's time zone.

**Why it bites.** The same query gives 1 January in Los Angeles and 2 January in UTC. Say the zone.
In preview: where every session is in UTC, as laglead's are, the result is the same.

Setup:

    SET TimeZone = 'America/Los_Angeles';
    CREATE TABLE turns AS SELECT * FROM (VALUES (1, TIMESTAMPTZ '2026-01-02 03:00:00+00')) AS t(turn_index, created_at);

Fires:

    SELECT turn_index, CAST(created_at AS DATE) AS day FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index, CAST(created_at AT TIME ZONE 'UTC' AS DATE) AS day FROM turns

Effect: differs

Allow it when the session's zone is set where the query runs.

Source: DuckDB documentation, "Time Zones".
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.expression_type import Family
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "TIM005"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
PREVIEW = True
REPAIR = Repair.UNSAFE

_LONG = {"DAY", "WEEK", "MONTH", "QUARTER", "YEAR"}


def check(tree: Tree) -> Iterator[Hit]:
    """The casts to DATE and the truncations to days of a TIMESTAMPTZ."""
    for node in tree.nodes(exp.Cast, exp.TimestampTrunc, exp.DateTrunc):
        if isinstance(node, exp.Cast):
            cuts = node.to.is_type("date")
        else:
            unit = node.args.get("unit")
            cuts = unit is not None and unit.name.upper() in _LONG
        if cuts and tree.family(node.this) is Family.TIMESTAMPTZ and isinstance(node.this, exp.Column):
            end = tree.span(node.this).end
            fix = REPAIR(Edit(Span(end, end), " AT TIME ZONE 'UTC'"))
            message = "where the day begins depends on the session's time zone: say AT TIME ZONE"
            yield Hit(tree.call(node), message, fix)
