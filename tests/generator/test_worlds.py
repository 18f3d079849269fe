"""Worlds are reproducible, independent block by block, and hold what they are drawn for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from generator.errors import ThresholdError
from generator.model import tables
from generator.seed import Stream
from generator.worlds import WorldsSummary, write
from generator.worlds.clock import DAY, MINUTE, Clock
from generator.worlds.mood import MOODS
from generator.worlds.threshold import Count, Daily, Elapsed, parse

THRESHOLDS = (
    "30 minutes",
    "3 user turns",
    "11 exposures",
    "24 hours from low to high",
    "06:00 UTC",
    "3 claims",
    "2 branches",
    "5 answers",
    "3 attempts",
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, WorldsSummary]:
    folder = tmp_path_factory.mktemp("worlds")
    return folder, write(folder, seed=42, thresholds=THRESHOLDS)


@pytest.fixture(scope="module")
def worlds(written: tuple[Path, WorldsSummary]) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name in (*tables(), "world_list"):
            path = written[0] / "worlds" / f"{name}.parquet"
            connection.execute(f"CREATE TABLE {name} AS SELECT row_number() OVER () AS place, * FROM '{path}'")
        yield connection


def values(connection: duckdb.DuckDBPyConnection, sql: str) -> set[object]:
    return {row[0] for row in connection.execute(sql).fetchall()}


def test_there_are_more_than_five_hundred_different_worlds(written: tuple[Path, WorldsSummary]) -> None:
    summary = written[1]
    assert set(summary.pairs) == {"base", *THRESHOLDS}
    assert summary.count == 2 * sum(summary.pairs.values())
    assert sum(summary.pairs.values()) >= 500


def test_files_hold_every_table_and_the_list(written: tuple[Path, WorldsSummary]) -> None:
    folder, summary = written
    assert set(summary.files) == {f"worlds/{name}.parquet" for name in (*tables(), "world_list")}
    assert all((folder / file).is_file() for file in summary.files)


def test_a_seed_gives_the_same_bytes_again_and_another_seed_others(
    written: tuple[Path, WorldsSummary], tmp_path: Path
) -> None:
    folder, summary = written
    again = write(tmp_path / "again", seed=42, thresholds=tuple(reversed(THRESHOLDS)))
    assert again == summary
    assert all((folder / file).read_bytes() == (tmp_path / "again" / file).read_bytes() for file in summary.files)
    assert write(tmp_path / "other", seed=43, thresholds=THRESHOLDS).hash != summary.hash


def test_a_new_threshold_moves_no_row_of_the_other_blocks(worlds: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write(tmp_path, seed=42, thresholds=("2 weeks", "3 user turns"))
    for name in (*tables(), "world_list"):
        path = tmp_path / "worlds" / f"{name}.parquet"
        kept = "world IN (SELECT world FROM world_list WHERE block IN ('base', '3 user turns'))"
        ours, theirs = f"SELECT * EXCLUDE (place) FROM {name} WHERE {kept}", f"SELECT * FROM '{path}' WHERE {kept}"
        as_text = (f"SELECT q::VARCHAR FROM ({sql}) q" for sql in (ours, theirs))
        before, after = (worlds.execute(sql).fetchall() for sql in as_text)
        assert before == after, name


@pytest.mark.parametrize("name", sorted(tables()))
def test_both_orders_of_a_pair_hold_the_same_rows_in_opposite_order(
    worlds: duckdb.DuckDBPyConnection, name: str
) -> None:
    columns = ", ".join(f't."{column.name}"' for column in tables()[name].columns)
    rows = f"SELECT w.pair, w.permutation, row({columns})::VARCHAR FROM {name} t JOIN world_list w USING (world)"
    seen: dict[tuple[int, int], list[str]] = {}
    for pair, permutation, row in worlds.execute(f"{rows} ORDER BY t.place").fetchall():
        seen.setdefault((pair, permutation), []).append(row)
    assert seen
    for (pair, permutation), order in seen.items():
        assert order == list(reversed(seen[pair, 1 - permutation]))


@pytest.mark.parametrize("name", sorted(set(tables()) - {"log_window"}))
def test_every_table_is_empty_in_one_world_single_in_another_and_fuller_in_a_third(
    worlds: duckdb.DuckDBPyConnection, name: str
) -> None:
    sizes = f"SELECT count(t.world) FROM world_list w LEFT JOIN {name} t USING (world) GROUP BY w.world"
    found = values(worlds, sizes)
    # An experiment has at least two arms.
    assert {0, 2 if name == "experiments" else 1, 3} <= found
    assert max(int(str(size)) for size in found) <= 25


def test_user_turns_lie_on_the_edge_of_thirty_minutes_and_a_hair_beside_it(
    worlds: duckdb.DuckDBPyConnection,
) -> None:
    gaps = values(
        worlds,
        """SELECT epoch_us(created_at - lag(created_at) OVER (PARTITION BY world, user_id ORDER BY created_at))
           FROM turns WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL""",
    )
    edge = 30 * MINUTE
    assert {0, edge, edge - 1, edge + 1, edge + 59_000_000, edge - 59_000_000} <= gaps


def test_some_of_those_edges_lie_across_two_conversations_of_a_user(worlds: duckdb.DuckDBPyConnection) -> None:
    found = worlds.execute(
        """SELECT count(*) FROM turns a JOIN turns b USING (world, user_id)
           WHERE a.role = 'user' AND b.role = 'user' AND a.conversation_id <> b.conversation_id
             AND b.created_at - a.created_at = INTERVAL 30 MINUTE"""
    ).fetchone()
    assert found is not None
    assert found[0] >= 10


def test_a_high_turn_follows_a_low_one_by_two_three_and_four_user_turns(worlds: duckdb.DuckDBPyConnection) -> None:
    apart = values(
        worlds,
        """WITH numbered AS (
             SELECT *, row_number() OVER (PARTITION BY world, conversation_id ORDER BY turn_index) AS n
             FROM turns WHERE role = 'user' AND conversation_id IS NOT NULL)
           SELECT b.n - a.n FROM numbered a JOIN numbered b USING (world, conversation_id)
           WHERE a.risk = 'low' AND b.risk = 'high'
             AND world IN (SELECT world FROM world_list WHERE block = '3 user turns')
             AND NOT EXISTS (FROM numbered c WHERE c.world = a.world AND c.conversation_id = a.conversation_id
                             AND c.n > a.n AND c.n < b.n AND c.risk IN ('low', 'high'))""",
    )
    assert {2, 3, 4} <= apart


def test_a_lopsided_experiment_falls_on_both_sides_of_eleven_exposures(worlds: duckdb.DuckDBPyConnection) -> None:
    units = values(
        worlds,
        """SELECT count(DISTINCT unit_id) FROM exposures
           WHERE world IN (SELECT world FROM world_list WHERE block = '11 exposures')
           GROUP BY world, experiment_id HAVING count(DISTINCT arm) = 1""",
    )
    assert {10, 11, 12} <= units


def test_a_split_lies_just_above_and_just_below_the_point_at_which_it_is_a_mismatch(
    worlds: duckdb.DuckDBPyConnection,
) -> None:
    statistics = worlds.execute(
        """WITH seen AS (SELECT world, experiment_id, arm, count(*) AS n FROM exposures
             WHERE NOT is_shadow GROUP BY ALL),
             planned AS (SELECT world, experiment_id, planned_share AS p, coalesce(n, 0) AS n,
               sum(n) OVER (PARTITION BY world, experiment_id) AS units
             FROM experiments LEFT JOIN seen USING (world, experiment_id, arm))
           SELECT sum((n - units * p) ** 2 / nullif(units * p, 0)) FROM planned GROUP BY world, experiment_id"""
    ).fetchall()
    assert {10.82, 10.83} <= {round(statistic, 2) for (statistic,) in statistics if statistic is not None}


def test_a_high_turn_follows_a_low_one_of_another_conversation_by_a_day_and_a_hair_beside_it(
    worlds: duckdb.DuckDBPyConnection,
) -> None:
    gaps = values(
        worlds,
        """SELECT epoch_us(b.created_at - a.created_at) FROM turns a JOIN turns b USING (world, user_id)
           WHERE a.role = 'user' AND b.role = 'user' AND a.risk = 'low' AND b.risk = 'high'
             AND a.conversation_id <> b.conversation_id
             AND world IN (SELECT world FROM world_list WHERE block = '24 hours from low to high')""",
    )
    assert {0, DAY, DAY - 1, DAY + 1} <= gaps


def test_labels_can_be_read_at_six_o_clock_and_a_hair_beside_it(worlds: duckdb.DuckDBPyConnection) -> None:
    found = worlds.execute(
        """SELECT epoch_us(available_at) % 86400000000 - 6 * 3600000000, count(*) FROM safety_labels JOIN turns
           USING (world, message_id)
           WHERE role = 'user' AND world IN (SELECT world FROM world_list WHERE block = '06:00 UTC') GROUP BY 1"""
    ).fetchall()
    assert min(dict(found).get(beside, 0) for beside in (0, 1, -1)) >= 10


def test_an_answer_comes_back_to_what_it_had_left_and_units_say_the_same(worlds: duckdb.DuckDBPyConnection) -> None:
    returns = worlds.execute(
        """WITH said AS (SELECT world, conversation_id, turn_index, claims[1].key AS key, claims[1].value AS value,
             lag(claims[1].value) OVER w AS v1, lag(claims[1].value, 2) OVER w AS v2 FROM turns
             WHERE role = 'assistant' AND world IN (SELECT world FROM world_list WHERE block = '3 claims')
             WINDOW w AS (PARTITION BY world, conversation_id, claims[1].key ORDER BY turn_index))
           SELECT count(*) FROM said WHERE value = v2 AND value <> v1"""
    ).fetchone()
    units = values(worlds, "SELECT unnest(claims).unit FROM turns WHERE claims IS NOT NULL")
    assert returns is not None
    assert returns[0] >= 20
    assert {"km", "m", "weeks", "minutes", None} <= units


def test_two_matters_waver_side_by_side_in_one_conversation(worlds: duckdb.DuckDBPyConnection) -> None:
    found = worlds.execute(
        """WITH said AS (SELECT world, conversation_id, turn_index, unnest(claims) AS claim FROM turns
             WHERE role = 'assistant' AND world IN (SELECT world FROM world_list WHERE block = '3 claims')),
           wavering AS (SELECT world, conversation_id, claim.key AS key FROM said
             WHERE conversation_id IS NOT NULL GROUP BY ALL HAVING count(DISTINCT claim.value) > 1)
           SELECT count(*) FILTER (WHERE key IS NULL), (SELECT count(*) FROM (SELECT 1 FROM wavering
             GROUP BY world, conversation_id HAVING count(key) > 1)) FROM wavering"""
    ).fetchone()
    assert found is not None
    assert min(found) >= 5


def test_a_model_at_one_place_fails_just_under_at_and_over_the_count(worlds: duckdb.DuckDBPyConnection) -> None:
    runs = worlds.execute(
        """WITH answers AS (SELECT world, model_version, region, status, count(*) FILTER (WHERE status = 200) OVER (
               PARTITION BY world, model_version, region ORDER BY created_at, message_id) AS so_far
             FROM turns WHERE role = 'assistant' AND model_version IS NOT NULL AND region IS NOT NULL
               AND world IN (SELECT world FROM world_list WHERE block = '5 answers'))
           SELECT n, count(*) FROM (SELECT count(*) FILTER (WHERE status >= 500) AS n FROM answers
             GROUP BY world, model_version, region, so_far) GROUP BY n"""
    ).fetchall()
    assert min(dict(runs).get(length, 0) for length in (4, 5, 6)) >= 10


def test_calls_take_several_attempts_and_some_of_them_arrive_the_day_after(worlds: duckdb.DuckDBPyConnection) -> None:
    found = worlds.execute(
        """WITH calls AS (SELECT count(DISTINCT attempt) AS attempts, count(DISTINCT ingested_at::DATE) AS days
             FROM message_events WHERE world IN (SELECT world FROM world_list WHERE block = '3 attempts')
             GROUP BY world, request_id)
           SELECT count(*) FILTER (WHERE attempts > 2), count(*) FILTER (WHERE attempts > 1 AND days > 1) FROM calls"""
    ).fetchone()
    assert found is not None
    assert min(found) >= 20


def test_questions_are_reworded_after_a_refusal_and_some_trees_have_a_cycle(
    worlds: duckdb.DuckDBPyConnection,
) -> None:
    block = "world IN (SELECT world FROM world_list WHERE block = '2 branches')"
    reworded = worlds.execute(
        f"""SELECT count(*) FROM message_events q JOIN message_events a ON a.world = q.world
              AND a.parent_message_id = q.message_id AND a.is_refusal
            JOIN message_events r ON r.world = q.world AND r.conversation_id = q.conversation_id
              AND r.parent_message_id IS NOT DISTINCT FROM q.parent_message_id AND r.message_id <> q.message_id
            WHERE q.role = 'user' AND r.role = 'user' AND q.{block}"""
    ).fetchone()
    cycles = worlds.execute(
        f"""SELECT count(*) FROM message_events a JOIN message_events b ON a.world = b.world
              AND a.parent_message_id = b.message_id AND b.parent_message_id = a.message_id WHERE a.{block}"""
    ).fetchone()
    assert reworded is not None
    assert cycles is not None
    assert reworded[0] >= 20
    assert cycles[0] >= 5


def test_deliveries_tie_on_their_arrival_and_differ_in_content(worlds: duckdb.DuckDBPyConnection) -> None:
    found = worlds.execute(
        """SELECT count(*) FROM message_events a JOIN message_events b USING (world, event_id, ingested_at)
           WHERE a.ingest_seq < b.ingest_seq AND a.content IS DISTINCT FROM b.content"""
    ).fetchone()
    assert found is not None
    assert found[0] >= 20


@pytest.mark.parametrize("name", ["turns", "message_events"])
def test_empty_lists_stand_beside_null_lists(worlds: duckdb.DuckDBPyConnection, name: str) -> None:
    lengths = values(worlds, f"SELECT len(claims) FROM {name}")
    assert {None, 0, 1, 2} <= lengths


@pytest.mark.parametrize("name", ["turns", "message_events", "feedback"])
def test_some_world_has_a_column_that_is_null_in_every_one_of_its_rows(
    worlds: duckdb.DuckDBPyConnection, name: str
) -> None:
    column = "user_ref" if name != "turns" else "created_at"
    found = worlds.execute(f"SELECT world FROM {name} GROUP BY world HAVING count(*) >= 3 AND count({column}) = 0")
    assert found.fetchone() is not None


def test_no_table_has_a_column_named_world_of_its_own() -> None:
    assert all(column.name != "world" for table in tables().values() for column in table.columns)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 minutes", Elapsed(30 * MINUTE, MINUTE)),
        ("1 hour", Elapsed(60 * MINUTE, 60 * MINUTE)),
        ("3 user turns", Count(3, "turns")),
        ("11 exposures", Count(11, "exposures")),
        ("2 deliveries", Count(2, "message_events")),
        ("5 lamps", Count(5, None)),
        ("24 hours from low to high", Elapsed(24 * 60 * MINUTE, 60 * MINUTE, from_low_to_high=True)),
        ("06:00 UTC", Daily(6 * 60 * MINUTE)),
        ("3 claims", Count(3, "claims")),
        ("2 branches", Count(2, "branches")),
        ("5 answers", Count(5, "answers")),
    ],
)
def test_a_threshold_is_read_from_its_text(text: str, expected: object) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "thirty minutes",
        "0 minutes",
        "-3 user turns",
        "30",
        "30  minutes",
        "3 User turns",
        "41 exposures",
        "9 years\n",
        "24:00 UTC",
        "6:00 UTC",
        "06:00",
        "400 days",
    ],
)
def test_a_bad_threshold_is_named_and_says_what_to_write(text: str, tmp_path: Path) -> None:
    with pytest.raises(ThresholdError, match=r"declare|write") as caught:
        write(tmp_path, seed=1, thresholds=[text])
    assert repr(text) in str(caught.value)
    assert not (tmp_path / "worlds").exists()


@pytest.mark.parametrize("text", ["45 seconds", "10 minutes", "24 hours", "14 days", "2 weeks"])
def test_gaps_sit_on_the_edges_of_any_span_of_time(text: str) -> None:
    elapsed = parse(text)
    assert isinstance(elapsed, Elapsed)
    clock = Clock(0, next(mood for mood in MOODS if mood.name == "edges"), elapsed)
    stream = Stream(1, text)
    gaps = {clock.gap(stream) for _ in range(2_000)}
    assert {elapsed.us - 1, elapsed.us, elapsed.us + 1} <= gaps
    assert min(gaps) >= 0
