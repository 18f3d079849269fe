"""One join over all small databases gives what one after the other gives, for every SQL feature in `features/`."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from conftest import TABLES

from checker.contract import Contract, match_columns
from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.limits import Limits
from checker.query_run import QueryRun, QueryStopped

FEATURES = sorted((Path(__file__).parent / "features").glob("*.sql"))
RUNS = "-- runs: "
WORLDS = 40
LIMITS = Limits(soft_seconds=30, hard_seconds=40)
DRAWN = {
    "conversation_id": ["c1", "c1", "c2", None],
    "turn_index": [1, 1, 2, 3, None],
    "user_id": ["u1", "u1", "u2", "u3", None],
    "seconds": [0.5, 1.0, 1.0, 30.0, None],
    "plan": ["free", "pro", "", None],
    "risk": ["low", "high", None],
}


@pytest.fixture(scope="module")
def drawn(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Random small databases: empty tables, ties, duplicates and NULL."""
    path = tmp_path_factory.mktemp("features") / "laglead.duckdb"
    rng = random.Random(7)
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE SCHEMA worlds")
        connection.execute("CREATE TABLE worlds.world_list AS SELECT i AS world FROM range(?) AS t(i)", [WORLDS])
        for name, columns in TABLES.items():
            described = ", ".join(f"{column} {kind}" for column, kind in columns)
            connection.execute(f"CREATE TABLE {name} ({described})")
            connection.execute(f"CREATE TABLE worlds.{name} (world INTEGER, {described})")
            rows = [
                [world, *(rng.choice(DRAWN[column]) for column, _ in columns)]
                for world in range(WORLDS)
                for _ in range(rng.choice((0, 1, 2, 3, 5)))
            ]
            places = ", ".join("?" for _ in range(len(columns) + 1))
            connection.executemany(f"INSERT INTO worlds.{name} VALUES ({places})", rows)
    return replace(dataset, native=path)


@pytest.fixture
def opened(drawn: Dataset, make_exercise: Callable[..., Exercise]) -> Iterator[Callable[[str], QueryRun]]:
    """A child with a query, which expects the columns that the query has."""
    runs: list[QueryRun] = []

    def open_query(sql: str) -> QueryRun:
        run = QueryRun(LIMITS)
        runs.append(run)
        run.open(drawn, sql)
        exercise = make_exercise(sql, dict(run.columns))
        contract = match_columns(exercise.output, run.columns)
        assert isinstance(contract, Contract)
        run.expect(contract, exercise)
        return run

    yield open_query
    for run in runs:
        run.__exit__(None, None, None)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda path: path.stem)
def test_the_join_and_the_loop_agree_on_every_world(feature: Path, opened: Callable[[str], QueryRun]) -> None:
    sql = feature.read_text(encoding="utf-8")
    run, every = opened(sql), range(WORLDS)
    joined = run.in_worlds(every, seconds=20, stop_at_failure=False)
    in_turn = run.in_worlds(every, seconds=20, stop_at_failure=False, isolated=True)
    assert joined.method == sql.splitlines()[0].removeprefix(RUNS)
    assert joined.evaluated == in_turn.evaluated == set(every)
    assert joined.digests == in_turn.digests


def test_there_are_at_least_thirty_features() -> None:
    assert len(FEATURES) >= 30


def test_a_value_that_raises_in_one_world_is_found_by_halves(opened: Callable[[str], QueryRun]) -> None:
    sql = "SELECT user_id, CASE WHEN count(*) > 2 THEN error('three') ELSE 'few' END AS n FROM turns GROUP BY user_id"
    run, every = opened(sql), range(WORLDS)
    joined = run.in_worlds(every, seconds=20, stop_at_failure=False)
    in_turn = run.in_worlds(every, seconds=20, stop_at_failure=False, isolated=True)
    assert [world for world, _ in joined.failures] == [world for world, _ in in_turn.failures]
    assert joined.digests == in_turn.digests
    assert joined.method == ("halved" if joined.failures else "lateral")


def test_the_first_world_that_raises_is_enough_for_a_verdict(opened: Callable[[str], QueryRun]) -> None:
    run = opened("SELECT CAST(user_id AS INTEGER) AS n FROM turns")
    found = run.in_worlds(range(WORLDS), seconds=20, stop_at_failure=True)
    assert len(found.failures) == 1
    assert "u" in found.failures[0][1].message


def test_a_value_that_only_the_join_would_compute_does_not_raise(opened: Callable[[str], QueryRun]) -> None:
    run = opened("SELECT sum(1 / i) AS n FROM (SELECT turn_index - 1 AS i FROM turns) WHERE i > 0")
    found = run.in_worlds(range(WORLDS), seconds=20, stop_at_failure=True)
    assert found.evaluated == set(range(WORLDS))


def test_time_that_runs_out_is_not_told_as_an_error_of_the_query(opened: Callable[[str], QueryRun]) -> None:
    run = opened((FEATURES[0].parent / "limit_of_a_share.sql").read_text())
    with pytest.raises(QueryStopped) as stopped:
        run.in_worlds(range(WORLDS), seconds=0.0, stop_at_failure=True)
    assert stopped.value.failure.kind in ("timeout", "crash")
