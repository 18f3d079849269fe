"""The cost verdict: a self-join is told from a window, by rows that never vary."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checker import scale
from checker.dataset import Dataset
from checker.limits import Limits
from checker.nursery import nursery
from checker.result import Growth, Operator
from laglead import curriculum
from laglead.scaling import scaling_json, scaling_text

SELF_JOINS = {
    "sittings_30_minutes": """
        WITH asked AS (SELECT * FROM turns WHERE role = 'user' AND created_at IS NOT NULL)
        SELECT a.conversation_id, count(b.message_id) AS sitting_no, min(a.created_at) AS started_at
        FROM asked AS a LEFT JOIN asked AS b
          ON b.conversation_id = a.conversation_id AND b.created_at < a.created_at
        GROUP BY a.conversation_id, a.message_id
    """,
    "think_time": """
        SELECT asked.conversation_id, asked.turn_index, max(answer.completed_at) AS answered_at
        FROM turns AS asked LEFT JOIN turns AS answer
          ON answer.conversation_id = asked.conversation_id AND answer.turn_index < asked.turn_index
        WHERE asked.role = 'user'
        GROUP BY ALL
    """,
    "transition_matrix": """
        SELECT a.risk AS from_risk, b.risk AS to_risk, count(*) AS n_transitions
        FROM turns AS a JOIN turns AS b
          ON b.conversation_id = a.conversation_id AND b.turn_index > a.turn_index
        WHERE NOT EXISTS (
            SELECT 1 FROM turns AS c
            WHERE c.conversation_id = a.conversation_id AND c.turn_index > a.turn_index AND c.turn_index < b.turn_index
        )
        GROUP BY ALL
    """,
}


@pytest.fixture(scope="module", autouse=True)
def _forking() -> Iterator[None]:
    with nursery():
        yield


@pytest.mark.parametrize("exercise_id", SELF_JOINS)
def test_a_self_join_grows_faster_than_the_reference_s_window(small_log: Dataset, exercise_id: str) -> None:
    exercise = curriculum.find(exercise_id)
    found = scale.measure(SELF_JOINS[exercise_id], exercise.reference, small_log, limits=Limits(), share=1)
    assert found.steeper
    assert found.cause is not None
    assert "JOIN" in found.cause.type
    assert found.cause.words in found.message
    assert "steeper than the reference" in scaling_text(found)
    assert (scaling_json(found) or {})["operator"]["type"] == found.cause.type


@pytest.mark.parametrize("exercise_id", SELF_JOINS)
def test_a_window_answer_scales_as_the_reference(small_log: Dataset, exercise_id: str) -> None:
    reference = curriculum.find(exercise_id).reference
    found = scale.measure(reference.read_text(), reference, small_log, limits=Limits(), share=1)
    assert not found.steeper
    assert [one.rows for one in found.answer] == [one.rows for one in found.reference]
    assert len(found.answer) == len(scale.FACTORS)


def test_a_grown_log_has_longer_histories_and_no_double_identifiers(small_log: Dataset) -> None:
    sql = "SELECT count(*) AS n, count(DISTINCT message_id) AS m, count(DISTINCT conversation_id) AS c FROM turns"
    reference = curriculum.find("think_time").reference
    once, _, sixteen = scale.measure(sql, reference, small_log, limits=Limits(), share=1).answer
    read = [max(operator.rows for operator in one.operators) for one in (once, sixteen)]
    assert read[1] == 16 * read[0]


def _series(*seconds: float, rows: int = 10, cause: str = "HASH_JOIN") -> tuple[Growth, ...]:
    return tuple(Growth(one, rows, (Operator(cause, "a = b", one, rows),)) for one in seconds)


def test_an_answer_that_does_not_end_is_steeper_than_one_that_does() -> None:
    found = scale.judge(answer=_series(0.1, 3.0), reference=_series(0.1, 0.4, 1.6))
    assert found.steeper
    assert "does not end at 16x" in found.message
    assert "The hash join on a = b gives 10 rows at 4x" in found.message


def test_time_alone_tells_work_that_gives_no_rows() -> None:
    assert scale.judge(answer=_series(0.1, 1.6, 25.6), reference=_series(0.1, 0.4, 1.6)).steeper


def test_noise_of_quick_queries_is_no_growth() -> None:
    assert not scale.judge(answer=_series(0.001, 0.004, 0.015), reference=_series(0.002, 0.002, 0.002)).steeper


def test_a_slow_answer_that_grows_as_the_reference_does_is_not_steeper() -> None:
    assert not scale.judge(answer=_series(1, 4, 16), reference=_series(0.1, 0.4, 1.6)).steeper


def test_an_answer_that_never_ends_is_said_so() -> None:
    found = scale.judge(answer=(), reference=_series(0.1))
    assert found.steeper
    assert "does not end at 1x" in found.message
