"""The shipped SQL gives exactly the shipped tables."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from generator.arrow import arrow_schema
from generator.model import tables
from generator.modelled import derive

LANDING = ("raw_v1", "raw_v2", "raw_v3", "raw_v4")
SOURCES = ("message_events", "conversations", "users", "safety_labels", "model_releases")


def read(folder: Path, table: str) -> pa.Table:
    return pq.read_table(folder / "tables" / table / "part-00000.parquet")


def test_message_events_follow_from_landing(small_log: Path) -> None:
    derived = derive("message_events", {name: read(small_log, name) for name in LANDING})
    shipped = read(small_log, "message_events").sort_by("ingest_seq")
    for name in shipped.schema.names:
        assert derived[name].combine_chunks().equals(shipped[name].combine_chunks().cast(derived[name].type)), name


def test_turns_follow_from_message_events(small_log: Path) -> None:
    derived = derive("turns", {name: read(small_log, name) for name in SOURCES})
    shipped = read(small_log, "turns")
    for name in shipped.schema.names:
        assert derived[name].combine_chunks().equals(shipped[name].combine_chunks().cast(derived[name].type)), name


def test_turns_follow_from_landing_alone(small_log: Path) -> None:
    sources = {name: read(small_log, name) for name in SOURCES}
    sources["message_events"] = derive("message_events", {name: read(small_log, name) for name in LANDING})
    assert derive("turns", sources).num_rows == read(small_log, "turns").num_rows


def path_of(rows: list[tuple[str, str | None, int, str]], leaf: str) -> list[str]:
    """The message ids of a v2 conversation's turns, for rows of id, parent, delivery and text."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (message_id VARCHAR, parent VARCHAR, delivery INTEGER, words VARCHAR)")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
        events = connection.sql(
            """
            SELECT 2::SMALLINT AS schema_version, message_id AS event_id, delivery AS ingest_seq,
                make_timestamp(delivery) AT TIME ZONE 'UTC' AS ingested_at, 200::SMALLINT AS status,
                'c' AS conversation_id, message_id, parent AS parent_message_id,
                if(message_id LIKE 'u%', 'user', 'assistant') AS role, message_id AS request_id, 1 AS attempt,
                [struct_pack("type" := 'text', "text" := words)] AS content,
                make_timestamp(delivery) AT TIME ZONE 'UTC' AS created_at, false AS stream, false AS redacted,
                message_id AS content_hash, struct_pack(topic := 'data', dialogue_act := 'ask', "language" := 'en',
                system_prompt_version := 'p') AS metadata FROM t
            """
        ).to_arrow_table()
        schema = _schema("message_events")
        full = pa.table(
            {f.name: _column(events, f) for f in schema}, schema=pa.schema([f.with_nullable(True) for f in schema])
        )
        started = "make_timestamp(0) AT TIME ZONE 'UTC'"
        conversations = connection.sql(
            f"SELECT 'c' AS conversation_id, NULL::VARCHAR AS user_ref, {started} AS started_at, "
            "? AS current_message_id",
            params=[leaf],
        ).to_arrow_table()
    empty = {name: _schema(name).empty_table() for name in ("users", "safety_labels", "model_releases")}
    turns = derive("turns", {"message_events": full, "conversations": conversations, **empty})
    return turns.sort_by("turn_index")["text"].to_pylist()


def _schema(table: str) -> pa.Schema:
    return arrow_schema(tables()[table])


def _column(events: pa.Table, field: pa.Field) -> pa.Array:
    if field.name == "content":
        blocks = [[{"type": "text", "text": row[0]["text"]}] for row in events["content"].to_pylist()]
        return pa.array(blocks, field.type)
    if field.name not in events.schema.names:
        return pa.nulls(events.num_rows, field.type)
    return events[field.name].combine_chunks().cast(field.type)


QUESTION, ANSWER = ("u1", None, 1, "question"), ("a1", "u1", 2, "answer")


@pytest.mark.parametrize(
    ("rows", "leaf", "expected"),
    [
        ([QUESTION, ANSWER], "a1", ["question", "answer"]),
        ([QUESTION, ANSWER, ("a2", "u1", 3, "newer answer")], "a1", ["question", "answer"]),
        ([QUESTION, ANSWER, ("a1", "u1", 9, "redelivered")], "a1", ["question", "redelivered"]),
        ([("u1", "nowhere", 1, "question"), ANSWER], "a1", ["question", "answer"]),
        ([("u1", "a1", 1, "question"), ANSWER], "a1", ["question", "answer"]),
    ],
    ids=["a_plain_path", "the_leaf_decides_not_the_newest", "the_last_delivery_counts", "an_unlogged_root", "a_cycle"],
)
def test_the_active_path_is_the_way_up_from_the_leaf(
    rows: list[tuple[str, str | None, int, str]], leaf: str, expected: list[str]
) -> None:
    assert path_of(rows, leaf) == expected
