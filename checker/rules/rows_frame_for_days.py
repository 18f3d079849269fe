"""A moving window of days counted in rows: a day without rows is not counted.

**Why it bites.** `ROWS 6 PRECEDING` is the six rows before, whatever their dates. After an outage
without traffic the "last seven days" reach back over two weeks. RANGE with an INTERVAL measures the
calendar. In preview, because the dates may be complete.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('m1', TIMESTAMPTZ '2026-01-01 10:00:00+00'), ('m2', TIMESTAMPTZ '2026-01-09 10:00:00+00')
    ) AS t(message_id, created_at);

Fires:

    WITH daily AS (SELECT CAST(created_at AS DATE) AS day, count(*) AS messages FROM turns GROUP BY ALL)
    SELECT day, sum(messages) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS of_the_week FROM daily
    --          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    WITH daily AS (SELECT CAST(created_at AS DATE) AS day, count(*) AS messages FROM turns GROUP BY ALL)
    SELECT day, sum(messages) OVER (ORDER BY day RANGE BETWEEN INTERVAL 6 DAYS PRECEDING AND CURRENT ROW) AS of_the_week
    FROM daily

Effect: differs

Allow it when every day has a row, as after a join with a calendar.

Source: DuckDB documentation, "Window Functions", Framing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.expression_type import Family
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Fix, Severity, Span
from checker.window import Window

ID = "WIN016"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
PREVIEW = True
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The aggregates over a number of rows in the order of a date."""
    for window in tree.windows:
        frame = window.frame
        if frame is None or len(window.order) != 1 or not isinstance(window.function, exp.AggFunc):
            continue
        start = frame.args.get("start")
        if str(frame.args.get("kind")).upper() != "ROWS" or not isinstance(start, exp.Literal):
            continue
        if tree.family(window.order[0]) is Family.DATE:
            message = f"this frame is {start.name} rows back, not {start.name} days: a day without rows is not counted"
            yield Hit(tree.call_over(window.node), message, _fix(tree, window, start))


def _fix(tree: Tree, window: Window, start: exp.Literal) -> Fix | None:
    clause = tree.window_clause(window.node, "ROWS")
    if clause is None:
        return None
    word = Span(clause.start, clause.start + len("ROWS"))
    return REPAIR(Edit(word, "RANGE"), Edit(tree.span(start), f"INTERVAL {start.name} DAYS"))
