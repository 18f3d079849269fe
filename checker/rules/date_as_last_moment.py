"""A timestamp compared by `<=` or `=` with a date, or with 23:59:59: the day, or its last second, is lost.

**Why it bites.** `created_at <= '2026-01-31'` has nothing of the 31st but midnight, `= '2026-01-31'`
has nearly nothing at all, and `<= '... 23:59:59'` misses what happened within the last second.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, TIMESTAMPTZ '2026-01-30 10:00:00+00'), (2, TIMESTAMPTZ '2026-01-31 10:00:00+00')
    ) AS t(turn_index, created_at);

Fires:

    SELECT turn_index FROM turns WHERE created_at <= '2026-01-31'
    --                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index FROM turns WHERE created_at < '2026-02-01'

Effect: differs

Allow it when the moment itself is meant; better, write the hour.

Source: DuckDB documentation, "Casting": a date is its midnight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from sqlglot import exp

from checker.expression_type import MOMENTS
from checker.literals import day_of, literal_text
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "TIM003"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE

_LAST_SECOND = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]23:59(:59)?$")


def check(tree: Tree) -> Iterator[Hit]:
    """The comparisons of a timestamp with a day, or with its last second."""
    for node in tree.nodes(exp.LTE, exp.EQ):
        text = literal_text(node.expression)
        if text is None or tree.family(node.this) not in MOMENTS:
            continue
        last_second = _LAST_SECOND.match(text)
        day = day_of(node.expression)
        if isinstance(node, exp.LTE) and last_second is not None:
            yield Hit(tree.comparison(node), f"the last second of {last_second[1]} is lost: write < and the next day")
        elif isinstance(node, exp.LTE) and day is not None and day.day != 1:
            after = (day + timedelta(days=1)).isoformat()
            fix = REPAIR(Edit(tree.operator(node), "<"), Edit(tree.span(node.expression), f"'{after}'"))
            yield Hit(tree.comparison(node), f"of {day.isoformat()} only midnight is inside: write < '{after}'", fix)
        elif isinstance(node, exp.EQ) and day is not None and not _is_truncated(node.this):
            yield Hit(tree.comparison(node), f"this asks for the midnight of {day.isoformat()}: compare the date")


def _is_truncated(moment: exp.Expr) -> bool:
    return isinstance(moment.unnest(), exp.TimestampTrunc | exp.DateTrunc)
