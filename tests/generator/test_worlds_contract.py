"""Every world obeys the contract of the tables: a world that breaks it would reject right answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from generator.model import Table, tables
from generator.worlds import WorldsSummary, write

THRESHOLDS = (
    "30 minutes",
    "11 exposures",
    "24 hours from low to high",
    "06:00 UTC",
    "3 claims",
    "2 branches",
    "5 answers",
    "3 attempts",
)
NAMES = sorted(tables())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, WorldsSummary]:
    folder = tmp_path_factory.mktemp("worlds")
    return folder, write(folder, seed=42, thresholds=THRESHOLDS)


@pytest.fixture(scope="module")
def worlds(written: tuple[Path, WorldsSummary]) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name in (*NAMES, "world_list"):
            path = written[0] / "worlds" / f"{name}.parquet"
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{path}')")
        yield connection


def count(worlds: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = worlds.execute(f"SELECT count(*) FROM ({sql}) q").fetchone()
    assert row is not None
    return int(row[0])


def names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


@pytest.mark.parametrize("name", NAMES)
def test_columns_have_the_declared_names_order_and_types(worlds: duckdb.DuckDBPyConnection, name: str) -> None:
    described = worlds.execute(f"DESCRIBE {name}").fetchall()
    columns = ", ".join(f'"{column.name}" {column.type}' for column in tables()[name].columns)
    worlds.execute(f"CREATE TEMP TABLE declared_{name} ({columns})")
    declared = worlds.execute(f"DESCRIBE declared_{name}").fetchall()
    assert [row[:2] for row in described] == [("world", "INTEGER"), *(row[:2] for row in declared)]


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_unique_where_none_of_their_columns_is_null(worlds: duckdb.DuckDBPyConnection, name: str) -> None:
    for key in tables()[name].keys:
        whole = " AND ".join(f'"{column}" IS NOT NULL' for column in key)
        grouped = f"SELECT 1 FROM {name} WHERE {whole} GROUP BY world, {names(key)} HAVING count(*) > 1"
        assert count(worlds, grouped) == 0, key


@pytest.mark.parametrize("name", NAMES)
def test_only_nullable_columns_are_null_and_each_is_so_somewhere_and_not_everywhere(
    worlds: duckdb.DuckDBPyConnection, name: str
) -> None:
    for column in tables()[name].columns:
        nulls = count(worlds, f'SELECT 1 FROM {name} WHERE "{column.name}" IS NULL')
        filled = count(worlds, f'SELECT 1 FROM {name} WHERE "{column.name}" IS NOT NULL')
        assert filled > 0, column.name
        assert (nulls > 0) == column.nullable, column.name


@pytest.mark.parametrize("name", NAMES)
def test_values_are_declared_ones(worlds: duckdb.DuckDBPyConnection, name: str) -> None:
    for column in tables()[name].columns:
        if column.values:
            found = worlds.execute(
                f'SELECT DISTINCT "{column.name}"::VARCHAR FROM {name} WHERE "{column.name}" IS NOT NULL'
            )
            assert {row[0] for row in found.fetchall()} == set(column.values), column.name


@pytest.mark.parametrize("name", [name for name in NAMES if tables()[name].exact_rows is not None])
def test_a_table_of_so_many_rows_has_them_in_every_world(worlds: duckdb.DuckDBPyConnection, name: str) -> None:
    counted = f"SELECT count(t.world) AS n FROM world_list w LEFT JOIN {name} t USING (world) GROUP BY w.world"
    assert count(worlds, f"SELECT 1 FROM ({counted}) WHERE n <> {tables()[name].exact_rows}") == 0


def _references() -> list[tuple[Table, int]]:
    return [(table, position) for table in tables().values() for position in range(len(table.references))]


@pytest.mark.parametrize(("table", "position"), _references(), ids=lambda value: getattr(value, "name", str(value)))
def test_references_are_found(worlds: duckdb.DuckDBPyConnection, table: Table, position: int) -> None:
    reference = table.references[position]
    pairs = list(zip(reference.columns, reference.to, strict=True))
    whole = " AND ".join(f'a."{ours}" IS NOT NULL' for ours, _ in pairs)
    same = " AND ".join(f'a."{ours}" = b."{theirs}"' for ours, theirs in pairs)
    found = f"EXISTS (FROM {reference.table} b WHERE b.world = a.world AND {same})"
    assert count(worlds, f"SELECT 1 FROM {table.name} a WHERE {whole} AND NOT {found}") == 0


def _rules() -> list[tuple[str, str]]:
    """(rule, query that finds what breaks it) from world_rules.sql."""
    text = Path(__file__).with_name("world_rules.sql").read_text(encoding="utf-8")
    parts = [part.partition("\n") for part in text.split("\n-- ")[1:]]
    return [(why, sql.strip().rstrip(";")) for why, _, sql in parts]


@pytest.mark.parametrize("sql", [sql for _, sql in _rules()], ids=[why for why, _ in _rules()])
def test_a_rule_holds_in_every_world(worlds: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert count(worlds, sql) == 0
