"""A moment shown in UTC is the moment as the session shows it.

Proof: every query runs with TimeZone UTC. Of a TIMESTAMPTZ, AT TIME ZONE 'UTC' makes what a clock in
UTC shows, and a cast to DATE makes the date that a clock in the session's zone shows; both are one.

Setup:
    SET TimeZone = 'UTC';
    CREATE TABLE turns (turn_index INTEGER, created_at TIMESTAMPTZ);
    INSERT INTO turns VALUES (1, '2026-03-01 23:30:00+00'), (2, '2026-03-02 00:30:00+00');

Proves P11:
    SELECT turn_index, CAST(created_at AT TIME ZONE 'UTC' AS DATE) AS day FROM turns
    SELECT turn_index, CAST(created_at AS DATE) AS day FROM turns

Leaves P11:
    SELECT turn_index, CAST(created_at AT TIME ZONE 'Asia/Tokyo' AS DATE) AS day FROM turns
    SELECT turn_index, CAST(created_at AS DATE) AS day FROM turns
"""

from __future__ import annotations

from sqlglot import exp

from checker.expression_type import Family
from checker.mutant import Mutant
from checker.tree import Tree


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether a moment is no longer moved to UTC before its date is taken."""
    zone, moment = mutant.edit.node, mutant.edit.replacement
    if mutant.operator.id != "P11" or not isinstance(zone, exp.AtTimeZone) or moment != zone.this:
        return False
    cast = zone.parent.parent if isinstance(zone.parent, exp.Paren) else zone.parent
    to_date = isinstance(cast, exp.Cast) and cast.to.is_type("date")
    return to_date and zone.args["zone"].name == "UTC" and tree.family(zone.this) is Family.TIMESTAMPTZ
