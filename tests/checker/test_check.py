"""From an answer file to a verdict: worlds, counterexamples, readings, mistakes, order of rows, the cache."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.check import Answer as RunAnswer
from checker.check import check, run_query
from checker.dataset import Dataset
from checker.errors import AnswerMissing, ExerciseError
from checker.exercise import Exercise
from checker.limits import Limits
from checker.verdict import Broken, DataSource, Differs, Nondeterministic, Passed, Refused, TimedOut, Verdict

Make = Callable[..., Exercise]
Judge = Callable[..., Verdict]
COUNT = "SELECT user_id, count(*) AS n FROM turns WHERE user_id IS NOT NULL GROUP BY user_id"
COLUMNS = {"user_id": "VARCHAR", "n": "BIGINT"}


@pytest.mark.parametrize(
    "answer",
    [
        COUNT,
        COUNT + " ; -- done",
        COUNT + " -- no line end",
        "WITH turns AS (SELECT * FROM turns WHERE user_id IS NOT NULL) "
        "SELECT user_id, count(*) AS n FROM turns GROUP BY 1",
        "SELECT user_id, count(*) AS n FROM main.turns WHERE user_id IS NOT NULL GROUP BY 1",
        'SELECT "user_id", count(*) AS "n" FROM "Turns" WHERE user_id IS NOT NULL GROUP BY 1',
        "SELECT user_id, n FROM (SELECT user_id, 1 AS world, count(*) AS n FROM turns GROUP BY ALL) WHERE user_id > ''",
        "FROM turns SELECT user_id, count(*) AS n WHERE user_id IS NOT NULL GROUP BY ALL",
        "SELECT DISTINCT user_id, count(*) OVER (PARTITION BY user_id) AS n FROM turns WHERE user_id IS NOT NULL",
        "SELECT user_id, count(*) AS n "
        "FROM (SELECT user_id FROM turns WHERE user_id IS NOT NULL LIMIT (SELECT 100000)) GROUP BY 1",
        "SELECT user_id, count(rowid) AS n FROM turns WHERE user_id IS NOT NULL GROUP BY 1",
        "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i < 2) "
        "SELECT user_id, count(*) // 2 AS n FROM turns, r WHERE user_id IS NOT NULL GROUP BY 1",
    ],
)
def test_a_right_answer_of_any_shape_passes(make_exercise: Make, verdict_of: Judge, answer: str) -> None:
    verdict = verdict_of(make_exercise(COUNT, COLUMNS), answer)
    assert isinstance(verdict, Passed), verdict
    assert {score.source for score in verdict.scores} == {DataSource.LOG, DataSource.WORLDS}


def test_a_wrong_answer_is_shown_on_the_smallest_world(make_exercise: Make, verdict_of: Judge) -> None:
    verdict = verdict_of(make_exercise(COUNT, COLUMNS), "SELECT user_id, count(*) AS n FROM turns GROUP BY 1")
    assert isinstance(verdict, Differs)
    assert verdict.kind == "extra rows"
    assert verdict.counterexample is not None
    assert {name: len(rows.rows) for name, rows in verdict.counterexample.tables.items()} == {"turns": 1}
    assert (None, "1") in verdict.counterexample.actual.rows
    assert verdict.counterexample.actual_marks


def test_the_name_of_an_outer_column_of_ours_is_unknown_to_an_answer(make_exercise: Make, verdict_of: Judge) -> None:
    assert isinstance(
        verdict_of(make_exercise(COUNT, COLUMNS), "SELECT user_id, laglead_world AS n FROM turns"), Broken
    )


def test_an_answer_that_is_only_right_by_luck_of_the_row_order_is_nondeterministic(
    make_exercise: Make, verdict_of: Judge
) -> None:
    reference = (
        "SELECT conversation_id, min_by(user_id, turn_index) AS u FROM turns WHERE user_id IS NOT NULL GROUP BY 1"
    )
    answer = "SELECT conversation_id, first(user_id) AS u FROM turns WHERE user_id IS NOT NULL GROUP BY 1"
    verdict = verdict_of(make_exercise(reference, {"conversation_id": "VARCHAR", "u": "VARCHAR"}), answer)
    assert isinstance(verdict, Nondeterministic)
    assert verdict.counterexample is not None


def test_a_random_answer_is_nondeterministic(make_exercise: Make, verdict_of: Judge) -> None:
    exercise = make_exercise("SELECT turn_index, 0.5::DOUBLE AS x FROM turns", {"turn_index": "INTEGER", "x": "DOUBLE"})
    assert isinstance(verdict_of(exercise, "SELECT turn_index, random() AS x FROM turns"), Nondeterministic)


def test_a_difference_of_the_log_alone_is_found_and_cut_down_to_one_entity(
    make_exercise: Make, verdict_of: Judge
) -> None:
    answer = COUNT.replace("IS NOT NULL", "IS NOT NULL AND user_id <> 'u77'")
    verdict = verdict_of(make_exercise(COUNT, COLUMNS), answer)
    assert isinstance(verdict, Differs)
    assert {score.source: score.passed for score in verdict.scores} == {DataSource.LOG: False, DataSource.WORLDS: True}
    assert verdict.counterexample is not None
    assert "u77" in verdict.counterexample.source


def test_the_worlds_of_a_threshold_are_used_only_by_the_exercise_that_declares_it(
    make_exercise: Make, verdict_of: Judge
) -> None:
    reference = "SELECT user_id, seconds FROM turns WHERE seconds > 30 AND seconds <= 31"
    columns, answer = (
        {"user_id": "VARCHAR", "seconds": "DOUBLE"},
        "SELECT user_id, seconds FROM turns WHERE seconds > 30 AND seconds < 31",
    )
    with_block = verdict_of(make_exercise(reference, columns, thresholds=("30 seconds",)), answer)
    assert isinstance(with_block, Differs)
    assert with_block.counterexample is not None
    assert with_block.counterexample.source.startswith("world")


def test_the_known_mistake_comes_first(make_exercise: Make, verdict_of: Judge) -> None:
    wrong = {
        "absent": "-- mistake: does not even run\nSELECT user_id, error('no') AS n FROM turns",
        "all": "-- mistake: counts turns without a user\nSELECT user_id, count(*) AS n FROM turns GROUP BY 1",
        "none": "-- mistake: counts nothing\nSELECT user_id, 0 AS n FROM turns GROUP BY 1",
    }
    answer = "SELECT DISTINCT user_id, count(*) OVER (PARTITION BY user_id) AS n FROM turns"
    verdict = verdict_of(make_exercise(COUNT, COLUMNS, wrong=wrong), answer)
    assert isinstance(verdict, Differs)
    assert verdict.message == "counts turns without a user"


def test_an_answer_may_follow_any_accepted_reading_but_only_one(make_exercise: Make, verdict_of: Judge) -> None:
    reference = "SELECT user_id, plan FROM users"
    accepted = "SELECT user_id, coalesce(plan, 'none') AS plan FROM users"
    few = "(SELECT count(*) FROM turns) < 4"
    mixed = f"SELECT user_id, CASE WHEN {few} THEN plan ELSE coalesce(plan, 'none') END AS plan FROM users"
    exercise = make_exercise(reference, {"user_id": "VARCHAR", "plan": "VARCHAR"}, accepts=(accepted,))
    assert isinstance(verdict_of(exercise, accepted), Passed)
    assert isinstance(verdict_of(exercise, reference), Passed)
    assert isinstance(verdict_of(exercise, "SELECT user_id, 'x' AS plan FROM users"), Differs)
    found = verdict_of(exercise, mixed)
    assert isinstance(found, Differs)
    assert found.message.startswith("The answer mixes accepted readings")
    assert found.counterexample is not None


def test_the_reading_that_holds_on_the_worlds_must_hold_on_the_log_too(make_exercise: Make, verdict_of: Judge) -> None:
    accepted = "SELECT user_id, coalesce(plan, 'none') AS plan FROM users"
    many = "(SELECT count(*) FROM turns) > 100"
    mixed = f"SELECT user_id, CASE WHEN {many} THEN coalesce(plan, 'none') ELSE plan END AS plan FROM users"
    columns = {"user_id": "VARCHAR", "plan": "VARCHAR"}
    exercise = make_exercise("SELECT user_id, plan FROM users", columns, accepts=(accepted,))
    found = verdict_of(exercise, mixed)
    assert isinstance(found, Differs)
    assert found.message.startswith("The answer mixes accepted readings")


GROUPED = "SELECT user_id, count(*) AS n, grouping(user_id) AS g FROM {} GROUP BY GROUPING SETS ((user_id), ())"
GROUPED_COLUMNS = {"user_id": "VARCHAR", "n": "BIGINT", "g": "BIGINT"}


def test_what_only_the_join_over_all_worlds_gets_wrong_rejects_nobody(make_exercise: Make, verdict_of: Judge) -> None:
    # Joined over many worlds, DuckDB 2.0 gives NULL for the grouping of nothing.
    exercise = make_exercise(GROUPED.format("turns"), GROUPED_COLUMNS)
    answer = "SELECT user_id, count(*) AS n, 0 AS g FROM turns GROUP BY 1 UNION ALL SELECT NULL, count(*), 1 FROM turns"
    assert isinstance(verdict_of(exercise, answer), Passed)


@pytest.mark.parametrize("table", ["laglead.main.turns", "laglead.turns", "main.turns"])
def test_a_name_that_leads_past_the_small_databases_is_judged_on_them_all_the_same(
    make_exercise: Make, verdict_of: Judge, table: str
) -> None:
    exercise = make_exercise(COUNT, COLUMNS)
    right = f"SELECT user_id, count(*) AS n FROM {table} WHERE user_id IS NOT NULL GROUP BY 1"
    assert isinstance(verdict_of(exercise, right), Passed)
    wrong = f"SELECT user_id, count(*) AS n FROM {table} GROUP BY 1"  # the log has no turn without a user
    found = verdict_of(exercise, wrong)
    assert isinstance(found, Differs)
    assert found.counterexample is not None
    assert found.counterexample.source.startswith("world")


def test_an_error_in_one_small_database_shows_its_rows(make_exercise: Make, verdict_of: Judge) -> None:
    answer = "SELECT user_id, CASE WHEN plan = '' THEN error('boom') ELSE plan END AS plan FROM users"
    exercise = make_exercise("SELECT user_id, plan FROM users", {"user_id": "VARCHAR", "plan": "VARCHAR"})
    verdict = verdict_of(exercise, answer)
    assert isinstance(verdict, Broken)
    assert [hint for hint in verdict.hints if hint.startswith("users: ")] == ["users: u1 | ''"]


def test_the_caret_stands_under_the_name_after_wide_characters_and_crlf(make_exercise: Make, verdict_of: Judge) -> None:
    verdict = verdict_of(make_exercise(COUNT, COLUMNS), "-- é\r\nSELECT 'é😀', user_idd FROM turns")
    assert isinstance(verdict, Broken)
    assert verdict.location is not None
    assert (verdict.location.line, verdict.location.column, verdict.location.length) == (2, 14, 8)
    assert any("user_id" in hint for hint in verdict.hints)


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE turns",
        "SELECT 1; SELECT 2",
        "-- nothing",
        "COPY (SELECT 1) TO '/tmp/laglead_never.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "WITH d AS (DELETE FROM turns RETURNING *) SELECT * FROM d",
        "PIVOT turns ON turn_index USING count(*)",
        "SET threads = 64",
        "ATTACH ':memory:' AS x",
        "EXPLAIN ANALYZE SELECT 1",
        "SELECT " + "(" * 201 + "1" + ")" * 201,
        "SELECT '\0'",
        "   ",
    ],
)
def test_what_is_not_one_reading_select_is_refused(make_exercise: Make, verdict_of: Judge, sql: str) -> None:
    assert isinstance(verdict_of(make_exercise(COUNT, COLUMNS), sql), Refused)


def test_an_answer_that_never_ends_is_stopped_in_time(make_exercise: Make, verdict_of: Judge) -> None:
    limits = Limits(soft_seconds=1.0, hard_seconds=1.5)
    sql = "SELECT 'u' AS user_id, count(*) AS n FROM range(9000000000) a, range(9) b WHERE a.range * b.range = -1"
    assert isinstance(verdict_of(make_exercise(COUNT, COLUMNS), sql, limits=limits), TimedOut | Broken)


def test_an_answer_that_eats_memory_is_stopped(make_exercise: Make, verdict_of: Judge) -> None:
    sql = "SELECT string_agg(repeat('x', 1000000), '') AS user_id, 1 AS n FROM range(100000)"
    verdict = verdict_of(
        make_exercise(COUNT, COLUMNS), sql, limits=Limits(soft_seconds=4, hard_seconds=5, memory_bytes=256 << 20)
    )
    assert isinstance(verdict, Broken | TimedOut)


def test_a_missing_answer_is_not_a_verdict(make_exercise: Make, dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(AnswerMissing):
        check(make_exercise(COUNT, COLUMNS), tmp_path / "none.sql", dataset)


def test_a_link_is_refused(make_exercise: Make, dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "link.sql").symlink_to("/etc/passwd")
    assert isinstance(check(make_exercise(COUNT, COLUMNS), tmp_path / "link.sql", dataset, lint=False).verdict, Refused)


def test_a_named_pipe_is_refused_without_waiting(make_exercise: Make, dataset: Dataset, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.sql")
    assert isinstance(check(make_exercise(COUNT, COLUMNS), tmp_path / "pipe.sql", dataset, lint=False).verdict, Refused)


def test_a_reference_that_breaks_its_contract_is_the_authors_error(make_exercise: Make, verdict_of: Judge) -> None:
    with pytest.raises(ExerciseError, match=r"reference\.sql:1"):
        verdict_of(make_exercise("SELECT 1 AS other", {"n": "INTEGER"}), "SELECT 1 AS n")


def test_the_cache_is_used_and_a_damaged_one_is_made_again(
    make_exercise: Make, verdict_of: Judge, tmp_path: Path
) -> None:
    exercise, cache = make_exercise(COUNT, COLUMNS), tmp_path / "cache"
    assert isinstance(verdict_of(exercise, COUNT, cache=cache), Passed)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(b"{")
    assert isinstance(verdict_of(exercise, COUNT, cache=cache), Passed)
    assert file.read_bytes() == whole
    assert isinstance(verdict_of(exercise, "SELECT user_id, 1::BIGINT AS n FROM turns", cache=cache), Differs)


def test_another_reference_is_another_cache_entry(make_exercise: Make, verdict_of: Judge, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert isinstance(
        verdict_of(make_exercise("SELECT 1 AS n", {"n": "INTEGER"}), "SELECT 1 AS n", cache=cache), Passed
    )
    assert isinstance(
        verdict_of(make_exercise("SELECT 2 AS n", {"n": "INTEGER"}), "SELECT 1 AS n", cache=cache), Differs
    )


def test_a_query_is_run_and_its_first_rows_are_shown(dataset: Dataset) -> None:
    found = run_query("SELECT i, NULL AS x FROM range(1000) t(i) ORDER BY i DESC", dataset, limits=Limits(rows_shown=3))
    assert isinstance(found, RunAnswer)
    assert found.rows.rows == (("999", None), ("998", None), ("997", None))
    assert found.rows.truncated


def test_a_pivot_whose_columns_come_from_data_is_run(dataset: Dataset) -> None:
    found = run_query("PIVOT turns ON turn_index USING count(*) GROUP BY conversation_id", dataset)
    assert isinstance(found, RunAnswer)
    assert found.rows.columns == ("conversation_id", "0", "1", "2", "3")


def test_the_parent_of_a_check_never_loads_the_engine() -> None:
    code = (
        "import sys, checker.check\n"
        "heavy = {'duckdb', '_duckdb', 'sqlglot', 'polars', 'numpy', 'pyarrow', 'rich'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
