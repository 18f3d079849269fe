"""What a query's tree tells of how somebody works, read in a process of its own."""

from __future__ import annotations

import pytest

from checker import reading_child
from checker.query_traits import traits
from checker.traits import Look, Traits

ROWS, NULLS, FAN_OUT, RANGE, VALUES, SINGLE = (
    Look.ROW_COUNT,
    Look.NULL_SHARE,
    Look.FAN_OUT,
    Look.RANGE,
    Look.VALUES,
    Look.ROWS,
)
LOOKS = [
    ("SELECT count(*) FROM turns", {ROWS}),
    ("SELECT count(*) FROM turns WHERE risk IS NULL", {ROWS, NULLS}),
    ("SELECT count(*) FROM turns WHERE risk IS NOT NULL", {ROWS}),
    ("SELECT count(*), count(risk) FROM turns", {ROWS, NULLS}),
    ("SELECT avg((risk IS NULL)::INTEGER) AS share FROM turns", {RANGE, NULLS}),
    ("SELECT count(*) FILTER (WHERE risk IS NULL) / count(*) FROM turns", {ROWS, NULLS}),
    ("SELECT count_if(risk IS NULL) FROM turns", {ROWS, NULLS}),
    ("SELECT user_id IS NULL AS nobody, count(*) AS n FROM turns GROUP BY ALL", {ROWS, NULLS, VALUES}),
    ("SELECT conversation_id FROM turns GROUP BY 1 HAVING count(*) > 1", {ROWS, FAN_OUT, VALUES}),
    ("SELECT count(*), count(DISTINCT message_id) FROM turns", {ROWS, FAN_OUT}),
    ("SELECT * FROM turns QUALIFY count(*) OVER (PARTITION BY message_id) > 1", {ROWS, FAN_OUT}),
    ("SELECT count(*) FROM turns JOIN feedback USING (message_id)", {ROWS, FAN_OUT}),
    ("SELECT min(created_at), max(created_at) FROM turns", {RANGE}),
    ("SELECT role, count(*) FROM turns GROUP BY role", {ROWS, VALUES}),
    ("SELECT DISTINCT role FROM turns", {VALUES}),
    ("SELECT * FROM turns LIMIT 5", {SINGLE}),
    ("SELECT * FROM turns WHERE risk IS NULL LIMIT 5", {SINGLE}),
    ("SELEC nothing FROM (", set()),
]


@pytest.mark.parametrize(("sql", "looks"), LOOKS)
def test_what_a_query_looks_at(sql: str, looks: set[Look]) -> None:
    assert traits(sql).looks == looks


def test_the_child_reads_the_same_and_one_broken_text_costs_no_other() -> None:
    texts = ["SELECT count(*) FROM turns", ")" * 300, "SELECT 1; SELECT 2", "SELECT min(a) FROM t"]
    assert reading_child.read(texts) == tuple(map(traits, texts))
    assert reading_child.read([]) == ()


def test_a_child_that_is_late_says_nothing() -> None:
    assert reading_child.read(["SELECT 1"], seconds=0.0) == (Traits(),)


def test_steps_say_whether_they_are_explained_and_whether_their_rows_can_be_found() -> None:
    sql = """WITH
-- what counts
activity AS (SELECT user_id, turn_index FROM turns),
totals AS (SELECT role, count(*) AS n FROM turns GROUP BY role),
everything AS (SELECT * FROM turns) -- for later
SELECT * FROM activity, totals, everything"""
    found = [(step.name, step.line, step.commented, step.traceable) for step in traits(sql).steps]
    assert found[:2] == [("activity", 3, True, True), ("totals", 4, False, False)]
    assert found[2][3] is True


def test_a_limit_is_named_or_bare() -> None:
    sql = """WITH parameters AS (SELECT INTERVAL 30 MINUTES AS longest), reach (most) AS (VALUES (3))
SELECT * FROM turns, parameters, reach
WHERE created_at - completed_at > longest AND turn_index <= most
  AND latency_ms BETWEEN 1 AND 5000 AND input_tokens > 0 AND status >= 500 AND turn_index < exchange_index"""
    assert [(limit.text, limit.line, limit.named) for limit in traits(sql).thresholds] == [
        ("longest", 3, True),
        ("most", 3, True),
        ("5000", 4, False),
        ("500", 4, False),
    ]
