"""The log keeps its contract, and holds what the exercises need."""

from __future__ import annotations

import duckdb
import pytest

from generator.mess import kinds
from generator.model import Column, Reference, Table, tables

TABLES = list(tables().values())
ORDINARY = [(table, column) for table in TABLES for column in table.columns if column.values]


def one(log: duckdb.DuckDBPyConnection, statement: str) -> int:
    ((number,),) = log.execute(statement).fetchall()
    return int(number)


def quoted(*names: str) -> str:
    return ", ".join(f'"{name}"' for name in names)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_has_rows_and_its_keys_are_unique(log: duckdb.DuckDBPyConnection, table: Table) -> None:
    assert one(log, f"SELECT count(*) FROM {table.name}") > 0
    for key in table.keys:
        known = " AND ".join(f'"{name}" IS NOT NULL' for name in key)
        repeated = f"SELECT 1 FROM {table.name} WHERE {known} GROUP BY {quoted(*key)} HAVING count(*) > 1"
        assert one(log, f"SELECT count(*) FROM ({repeated})") == 0, key


@pytest.mark.parametrize(
    ("table", "reference"),
    [(table, reference) for table in TABLES for reference in table.references],
    ids=lambda item: getattr(item, "name", None) or item.table,
)
def test_every_reference_is_found(log: duckdb.DuckDBPyConnection, table: Table, reference: Reference) -> None:
    known = " AND ".join(f'"{name}" IS NOT NULL' for name in reference.columns)
    own, there = quoted(*reference.columns), quoted(*reference.to)
    lost = f"SELECT {own} FROM {table.name} WHERE {known} EXCEPT SELECT {there} FROM {reference.table}"
    assert one(log, f"SELECT count(*) FROM ({lost})") == 0


@pytest.mark.parametrize(("table", "column"), ORDINARY, ids=lambda item: item.name)
def test_only_declared_values_occur(log: duckdb.DuckDBPyConnection, table: Table, column: Column) -> None:
    if (table.name, column.name) == ("feedback", "value"):
        return
    found = log.execute(f'SELECT DISTINCT "{column.name}"::VARCHAR FROM {table.name} WHERE "{column.name}" IS NOT NULL')
    assert {value for (value,) in found.fetchall()} <= set(column.values)


@pytest.mark.parametrize("layer", ["modelled", "unified", "landing"])
def test_every_nullable_column_is_null_somewhere(log: duckdb.DuckDBPyConnection, layer: str) -> None:
    for table in TABLES:
        if table.layer != layer:
            continue
        for column in table.columns:
            nulls = one(log, f'SELECT count(*) FILTER ("{column.name}" IS NULL) FROM {table.name}')
            assert (nulls > 0) == column.nullable, f"{table.name}.{column.name}"


def test_at_least_ten_kinds_of_mess_are_in_the_ledger(log: duckdb.DuckDBPyConnection) -> None:
    found = {kind for (kind,) in log.execute("SELECT DISTINCT kind FROM ledger").fetchall()}
    assert len(found) >= 40
    assert found - set(kinds()) == {"attack"}


@pytest.mark.parametrize("microseconds", [1_800_000_000, 1_800_000_001, 1_799_999_999])
def test_gaps_lie_exactly_on_half_an_hour_and_beside_it(log: duckdb.DuckDBPyConnection, microseconds: int) -> None:
    gaps = """
        SELECT epoch_us(created_at) - epoch_us(lag(created_at) OVER (PARTITION BY conversation_id ORDER BY turn_index))
            AS gap FROM turns WHERE role = 'user' AND conversation_id IS NOT NULL
    """
    assert one(log, f"SELECT count(*) FROM ({gaps}) WHERE gap = {microseconds}") > 0


def test_user_turns_tie_to_the_microsecond(log: duckdb.DuckDBPyConnection) -> None:
    tied = "SELECT 1 FROM turns WHERE created_at IS NOT NULL GROUP BY conversation_id, created_at HAVING count(*) > 1"
    assert one(log, f"SELECT count(*) FROM ({tied})") > 10


def test_v1_user_rows_have_no_clock_and_no_claims(log: duckdb.DuckDBPyConnection) -> None:
    assert one(log, "SELECT count(created_at) FROM turns WHERE schema_version = 1 AND role = 'user'") == 0
    assert one(log, "SELECT count(claims) FROM turns WHERE schema_version = 1") == 0


def test_a_conversation_has_one_user(log: duckdb.DuckDBPyConnection) -> None:
    several = """
        SELECT 1 FROM turns WHERE conversation_id IS NOT NULL
        GROUP BY conversation_id HAVING count(DISTINCT user_id) > 1 OR count(user_id) NOT IN (0, count(*))
    """
    assert one(log, f"SELECT count(*) FROM ({several})") == 0


def test_a_row_that_lost_its_conversation_stands_alone(log: duckdb.DuckDBPyConnection) -> None:
    alone = "SELECT count(*) FROM turns WHERE conversation_id IS NULL"
    assert one(log, alone) > 0
    assert one(log, f"{alone} AND (turn_index, exchange_index) <> (1, 1)") == 0


def test_turns_are_numbered_without_gaps(log: duckdb.DuckDBPyConnection) -> None:
    gaps = """
        SELECT 1 FROM turns WHERE conversation_id IS NOT NULL
        GROUP BY conversation_id HAVING max(turn_index) <> count(*)
    """
    assert one(log, f"SELECT count(*) FROM ({gaps})") == 0


def test_v1_turns_alternate_as_they_were_said(log: duckdb.DuckDBPyConnection) -> None:
    swapped = """
        SELECT 1 FROM turns AS answer JOIN message_events AS e USING (message_id)
        JOIN message_events AS q ON q.request_id = e.request_id AND q.role = 'user'
        JOIN turns AS asked ON asked.message_id = q.message_id AND asked.conversation_id = answer.conversation_id
        WHERE answer.schema_version = 1 AND answer.role = 'assistant' AND asked.turn_index > answer.turn_index
    """
    assert one(log, f"SELECT count(*) FROM ({swapped})") == 0


def test_assertions_are_gone_back_on_and_come_back_to(log: duckdb.DuckDBPyConnection) -> None:
    values = """
        SELECT conversation_id, claim.key AS key, list(DISTINCT claim.value) AS found
        FROM turns, UNNEST(claims) AS c(claim)
        WHERE role = 'assistant' AND NOT coalesce(claim.hedged, false) GROUP BY ALL
    """
    assert one(log, f"SELECT count(*) FROM ({values}) WHERE len(found) > 1") > 20


def test_the_last_delivery_of_an_event_differs_from_the_first(log: duckdb.DuckDBPyConnection) -> None:
    completed = """
        SELECT 1 FROM message_events WHERE event_id IS NOT NULL AND schema_version > 1
        GROUP BY event_id HAVING count(*) > 1 AND count(usage) BETWEEN 1 AND count(*) - 1
    """
    assert one(log, f"SELECT count(*) FROM ({completed})") > 0
    tied = "SELECT 1 FROM message_events GROUP BY event_id, ingested_at HAVING count(*) > 1 AND event_id IS NOT NULL"
    assert one(log, f"SELECT count(*) FROM ({tied})") > 0


def test_everything_arrived_before_the_log_was_read_out(log: duckdb.DuckDBPyConnection) -> None:
    late = "SELECT count(*) FROM message_events, log_window WHERE ingested_at >= extracted_at"
    assert one(log, late) == 0
    assert one(log, "SELECT count(*) FROM safety_labels, log_window WHERE available_at >= extracted_at") == 0


def test_incidents_begin_unknown_copied_or_back_filled(log: duckdb.DuckDBPyConnection) -> None:
    assert one(log, "SELECT count(*) FROM incidents") == 25
    assert one(log, "SELECT count(*) FROM incidents WHERE started_at IS NULL") > 0
    assert one(log, "SELECT count(*) FROM incidents WHERE started_at = detected_at") > 0
    assert one(log, "SELECT count(*) FROM incidents WHERE started_at < detected_at") > 10
