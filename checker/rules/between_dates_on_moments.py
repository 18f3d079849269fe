"""BETWEEN with a date as its upper bound on a timestamp: of the last day only midnight is inside.

**Why it bites.** `BETWEEN '2026-01-01' AND '2026-01-31'` ends at midnight when the 31st begins. A
month's report lacks its last day, every month. A half-open range has no such edge.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, TIMESTAMPTZ '2026-01-30 10:00:00+00'), (2, TIMESTAMPTZ '2026-01-31 10:00:00+00')
    ) AS t(turn_index, created_at);

Fires:

    SELECT turn_index FROM turns WHERE created_at BETWEEN '2026-01-01' AND '2026-01-31'
    --                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index FROM turns WHERE (created_at >= '2026-01-01' AND created_at < '2026-02-01')

Effect: differs

Allow it when the bound is meant as a moment; better, write the hour.

Source: DuckDB documentation, "Casting": a date is its midnight.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlglot import exp

from checker.expression_type import MOMENTS
from checker.literals import day_of
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "TIM002"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The BETWEENs over a timestamp whose upper bound is a date, first days of months aside."""
    for node in tree.nodes(exp.Between):
        low, high = day_of(node.args.get("low")), day_of(node.args.get("high"))
        if high is None or tree.family(node.this) not in MOMENTS:
            continue
        if high.day == 1 and (low is None or low.day == 1):
            continue  # from the first to the first: the end is meant to be left out
        value, start = tree.text(node.this), tree.text(node.args["low"])
        after = (high + timedelta(days=1)).isoformat()
        edit = Edit(tree.span(node), f"({value} >= {start} AND {value} < '{after}')")
        fix = None if isinstance(node.parent, exp.Not) else REPAIR(edit)
        yield Hit(tree.span(node), f"of {high.isoformat()} only midnight is inside: write < '{after}'", fix)
