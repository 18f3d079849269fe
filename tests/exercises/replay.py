"""Plays an example again as it is shown: its rows under the declared contract of the tables, in a plain DuckDB."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

import duckdb

from checker.verdict import Counterexample, Rows
from generator.model import Reference, Table, tables

Bag = Counter[tuple[str | None, ...]]


class BrokenContract(AssertionError):
    """An example has rows that no data of this kind could have."""


def replayed(example: Counterexample, queries: Iterable[str]) -> list[Bag]:
    """The bag of rows of each query on the rows of an example; BrokenContract when no data could be so."""
    connection = _empty_log()
    connection.execute("BEGIN")
    try:
        for name, table in tables().items():
            _fill(connection, table, example.tables.get(name))
        for name, shown in example.tables.items():
            for reference in tables()[name].references:
                if shown.rows and reference.table in example.tables:
                    _check(connection, name, reference)
        return [_bag(connection, query) for query in queries]
    finally:
        connection.execute("ROLLBACK")


@cache
def _empty_log() -> duckdb.DuckDBPyConnection:
    """Every table with its NOT NULL columns and its keys."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("SET TimeZone = 'UTC'")
    for table in tables().values():
        columns = [f'"{c.name}" {c.type}' + ("" if c.nullable else " NOT NULL") for c in table.columns]
        keys = [f"UNIQUE ({', '.join(key)})" for key in table.keys]
        connection.execute(f"CREATE TABLE {table.name} ({', '.join((*columns, *keys))})")
    return connection


def _fill(connection: duckdb.DuckDBPyConnection, table: Table, shown: Rows | None) -> None:
    rows = () if shown is None else shown.rows
    if shown is not None and table.exact_rows not in (None, len(rows)):
        raise BrokenContract(f"{table.name} has {len(rows)} rows, not {table.exact_rows}")
    cells = ", ".join(f"CAST(? AS {column.type})" for column in table.columns)
    try:
        if rows:
            values = ", ".join(f"({cells})" for _ in rows)
            connection.execute(f"INSERT INTO {table.name} VALUES {values}", [cell for row in rows for cell in row])
    except duckdb.ConstraintException as broken:
        raise BrokenContract(f"{table.name}: {broken}") from broken


def _check(connection: duckdb.DuckDBPyConnection, child: str, reference: Reference) -> None:
    same = " AND ".join(f"c.{ours} = p.{theirs}" for ours, theirs in zip(reference.columns, reference.to, strict=True))
    named = " AND ".join(f"c.{ours} IS NOT NULL" for ours in reference.columns)
    lost = f"SELECT * FROM {child} c WHERE {named} AND NOT EXISTS (FROM {reference.table} p WHERE {same})"
    if connection.execute(lost).fetchall():
        raise BrokenContract(f"a row of {child} names what is not in {reference.table}")


def _bag(connection: duckdb.DuckDBPyConnection, query: str) -> Bag:
    # As text, because fetching a TIMESTAMPTZ would need pytz.
    cursor = connection.execute(f"SELECT COLUMNS(*)::VARCHAR FROM ({query.rstrip().rstrip(';')}\n)")
    names = [column[0].lower() for column in cursor.description or ()]
    order = sorted(range(len(names)), key=names.__getitem__)
    return Counter(tuple(_plain(row[number]) for number in order) for row in cursor.fetchall())


def _plain(text: str | None) -> str | None:
    """Values of near types alike: a number by its first nine digits, a moment with and without its zone."""
    if text is None:
        return None
    try:
        return f"{float(text):.9g}"
    except ValueError:
        return text.removesuffix("+00")
