"""The child's work: run the query on the log, in every world or in one, and answer questions about its rows."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from checker import engine
from checker.canonical import Closeness, Forms, forms, quote, text
from checker.column_type import ColumnType, Family, parse
from checker.engine import Database
from checker.sql_text import statement

BUCKETS = 1024
MOST_ROW_BYTES = 900_000
MOST_WORLDS_FAILING = 200
LOG, WORLDS, ONE = "log", "worlds", "one"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the exercise declares: for each output column the query's column number and the declared type."""

    columns: tuple[tuple[int, ColumnType], ...]
    order: tuple[tuple[int, bool], ...]
    close: Closeness


@dataclass(slots=True)
class Answers:
    """One query and what became of it; `places` says which connection holds the result of which source."""

    database: Database
    query: str
    described: list[tuple[str, str]]
    expected: Expected | None = None
    places: dict[str, Any] = field(default_factory=dict)
    connections: list[Any] = field(default_factory=list)

    # -- evaluating ---------------------------------------------------------------------------

    def on_log(self) -> dict[str, Any]:
        """The query on the log: rows, digests by bucket, and how often its order falls."""
        connection = self.connections[0]
        engine.run(
            connection, statement("answer", target=_target(LOG), query=self.query, columns=self._names()), self.query
        )
        self.places[LOG] = connection
        return {"parts": self._digests(LOG), "falls": self._falls(LOG)}

    def in_worlds(self, worlds: Sequence[int], *, until: float, stop_at_failure: bool) -> dict[str, Any]:
        """The query in every world by one LATERAL join, or one world after the other where that is refused."""
        connection = self.connections[0]
        evaluated, method = list(worlds), "lateral"
        failures: list[Any] = []
        try:
            connection.execute("USE memory")
            connection.execute(self._lateral(connection, worlds))
            self.places[WORLDS] = connection
        except MemoryError:
            raise
        except Exception as error:
            if time.monotonic() >= until or engine.failure(error, prefix_bytes=0, size_bytes=0)["kind"] == "timeout":
                raise
            method = "loop"
            evaluated, failures = self._loop(worlds, until=until, stop_at_failure=stop_at_failure)
        finally:
            connection.execute(f"USE {engine.NATIVE}")
        return {"method": method, "evaluated": evaluated, "failures": failures, "parts": self._digests(WORLDS)}

    def in_one(self, condition: dict[str, Any], tables: Sequence[str], most: int) -> dict[str, Any]:
        """The query in a fresh database that holds one world's rows, or one entity's of the log, and nothing else."""
        connection = engine.connect_isolated(self.database)
        self.connections.append(connection)
        for table in tables:
            _copy(connection, table, condition)
        connection.execute(f"DETACH {engine.ISOLATED_SOURCE}")
        engine.lock(connection)
        engine.run(
            connection, statement("answer", target=_target(ONE), query=self.query, columns=self._names()), self.query
        )
        self.places[ONE] = connection
        return {"falls": self._falls(ONE), **self.rows(ONE, [0], first=0, most=most)}

    def _lateral(self, connection: Any, worlds: Iterable[int]) -> str:
        tables = [statement("world_table", table=quote(table)) for table in self._tables_of_worlds(connection)]
        return statement(
            "answer_in_every_world",
            target=_target(WORLDS),
            tables="WITH " + ", ".join(tables) if tables else "",
            query=self.query,
            columns=self._names(),
            worlds=_integers(worlds),
        )

    def _loop(self, worlds: Iterable[int], *, until: float, stop_at_failure: bool) -> tuple[list[int], list[Any]]:
        """Each world in its own tables, the first row order of every world before the second; (evaluated, failures)."""
        connection = engine.connect_isolated(self.database)
        self.connections.append(connection)
        tables = [
            name for name in _world_tables(connection, engine.ISOLATED_SOURCE) if name in engine.table_names(self.query)
        ]
        engine.lock(connection)
        self.places[WORLDS] = connection
        types = ", ".join(f"{name} {_stored(kind)}" for name, kind in self._columns())
        connection.execute(f"CREATE TEMP TABLE {_target(WORLDS)} (laglead_world INTEGER, {types})")
        evaluated: list[int] = []
        failures: list[Any] = []
        for world in sorted(worlds, key=lambda world: (world % 2, world)):
            if time.monotonic() >= until or len(failures) >= MOST_WORLDS_FAILING or (failures and stop_at_failure):
                break
            failed = self._loop_step(connection, world, tables)
            if failed is None:
                evaluated.append(world)
            else:
                failures.append([world, failed])
        return evaluated, failures

    def _loop_step(self, connection: Any, world: int, tables: Iterable[str]) -> dict[str, Any] | None:
        for table in tables:
            rows = f"SELECT * EXCLUDE (world) FROM {engine.ISOLATED_SOURCE}.worlds.{quote(table)} WHERE world = {world}"
            connection.execute(f"CREATE OR REPLACE TABLE {quote(table)} AS {rows}")
        sql = statement(
            "answer_in_one_world", target=_target(WORLDS), world=str(world), query=self.query, columns=self._names()
        )
        try:
            engine.run(connection, sql, self.query)
        except engine.QueryFailed as failed:
            if failed.facts["kind"] in ("timeout", "memory"):
                raise
            return failed.facts
        return None

    # -- asking -------------------------------------------------------------------------------

    def rows(
        self, source: str, parts: Iterable[int], *, first: int, most: int, hashes: Sequence[int] | None = None
    ) -> dict[str, Any]:
        """Rows of some parts: [world, key of each column, text of each column], in a canonical order.

        All of them, or those whose digest has one of these hashes.
        """
        all_forms = self._forms()
        chosen = [f"{form.key} AS k{n}" for n, form in enumerate(all_forms)]
        chosen += [f"{form.shown} AS s{n}" for n, form in enumerate(all_forms)]
        digest = ", ".join(form.digest for form in all_forms)
        sql = statement(
            "rows",
            forms=", ".join(chosen),
            target=_target(source),
            part=self._part(source),
            parts=_integers(parts),
            digest=digest,
            every="true" if hashes is None else "false",
            hashes=_integers(hashes or ()),
            # Rows with one digest may differ in their keys, and pages must not overlap.
            order="rowid" if source == ONE else f"{digest}, rowid",
            most=str(most + 1),
            first=str(first),
        )
        return _bounded_rows(self.places[source].execute(sql), most)

    def tally(self, source: str, parts: Iterable[int], *, first: int, most: int) -> dict[str, Any]:
        """[part, hash of a row's digest, how often it occurs], in that order."""
        sql = statement(
            "tally",
            part=self._part(source),
            digest=", ".join(form.digest for form in self._forms()),
            target=_target(source),
            parts=_integers(parts),
            most=str(most + 1),
            first=str(first),
        )
        found = [list(row) for row in self.places[source].execute(sql).fetchall()]
        return {"tally": found[:most], "more": len(found) > most}

    def _digests(self, source: str) -> list[list[Any]]:
        digest = ", ".join(form.digest for form in self._forms())
        sql = statement("digests", part=self._part(source), digest=digest, target=_target(source))
        return [list(row) for row in self.places[source].execute(sql).fetchall()]

    def _falls(self, source: str) -> int | None:
        expected = self._expected()
        if not expected.order:
            return None
        keys = []
        for position, descending in expected.order:
            column, declared = expected.columns[position]
            actual = _type(self.described[column][1])
            value = (
                f"c{column}"
                if actual.family in (Family.TEXT, declared.family)
                else f"TRY_CAST(c{column} AS {declared.text})"
            )
            value = f"CAST({value} AS VARCHAR)" if declared.family is Family.TEXT else value
            keys.append(f"{value} {'DESC' if descending else 'ASC'} NULLS LAST")
        found = self.places[source].execute(statement("falls", keys=", ".join(keys), target=_target(source))).fetchone()
        return int(found[0])

    def _part(self, source: str) -> str:
        if source != LOG:
            return "laglead_world"
        exact = [form.bucket for form in self._forms() if form.bucket is not None]
        return f"hash({', '.join(exact)}) % {BUCKETS}" if exact else "0"

    def _forms(self) -> list[Forms]:
        expected = self._expected()
        return [
            forms(f"c{column}", declared, _type(self.described[column][1]), expected.close)
            for column, declared in expected.columns
        ]

    def _expected(self) -> Expected:
        if self.expected is None:
            raise ValueError("what is expected was not said; send 'expect' first")
        return self.expected

    def _columns(self) -> list[tuple[str, str]]:
        return [(f"c{number}", kind) for number, (_, kind) in enumerate(self.described)]

    def _names(self) -> str:
        return ", ".join(name for name, _ in self._columns())

    def _tables_of_worlds(self, connection: Any) -> list[str]:
        used = engine.table_names(self.query)
        return [name for name in _world_tables(connection, engine.NATIVE) if name.lower() in used]


def shown(connection: Any, query: str, described: Sequence[tuple[str, str]], most: int) -> dict[str, Any]:
    """The first rows of a query as SQL text: {columns, types, rows, more}."""
    names = [f"c{number}" for number in range(len(described))]
    engine.run(connection, statement("shown", query=query, columns=", ".join(names), most=str(most + 1)), query)
    return {"columns": [list(column) for column in described], **_table_text(connection, "laglead_shown", names, most)}


def inputs(connection: Any, condition: dict[str, Any], tables: Sequence[str], most: int) -> dict[str, Any]:
    """The rows of one world, or of one entity of the log, by table: {name: {columns, rows, more}}."""
    found = {}
    for table in tables:
        schema = "worlds" if "world" in condition else "main"
        source = f"{engine.NATIVE}.{schema}.{quote(table)}"
        columns = [(str(row[0]), str(row[1])) for row in connection.execute(f"DESCRIBE {source}").fetchall()]
        where = _condition(condition, [name for name, _ in columns])
        columns = [column for column in columns if column[0] != "world" or schema == "main"]
        rows = f"(SELECT * FROM {source} WHERE {where} LIMIT {most + 1})"
        found[table] = {"columns": columns, **_table_text(connection, rows, [quote(name) for name, _ in columns], most)}
    return found


def _table_text(connection: Any, source: str, names: Iterable[str], most: int) -> dict[str, Any]:
    cells = ", ".join(forms(name, *_AS_TEXT).shown for name in names)
    return _bounded_rows(connection.execute(f"SELECT {cells} FROM {source}"), most)


_AS_TEXT = (ColumnType(Family.TEXT, "VARCHAR"), ColumnType(Family.TEXT, "VARCHAR"), Closeness(0.0, 0.0))


def _bounded_rows(cursor: Any, most: int) -> dict[str, Any]:
    rows: list[list[Any]] = []
    size = 0
    while (row := cursor.fetchone()) is not None:
        size += sum(8 + (len(json.dumps(cell)) if isinstance(cell, str) else 0) for cell in row)
        # One row always goes: where even that is too long, the message is refused as too large.
        if len(rows) >= most or (rows and size > MOST_ROW_BYTES):
            return {"rows": rows, "more": True}
        rows.append(list(row))
    return {"rows": rows, "more": False}


def _copy(connection: Any, table: str, condition: dict[str, Any]) -> None:
    schema = "worlds" if "world" in condition else "main"
    source = f"{engine.ISOLATED_SOURCE}.{schema}.{quote(table)}"
    columns = [str(row[0]) for row in connection.execute(f"DESCRIBE {source}").fetchall()]
    chosen = "* EXCLUDE (world)" if schema == "worlds" else "*"
    connection.execute(
        f"CREATE TABLE {quote(table)} AS SELECT {chosen} FROM {source} WHERE {_condition(condition, columns)}"
    )


def _condition(condition: dict[str, Any], columns: Sequence[str]) -> str:
    """`{"world": n}`, or `{"column": c, "value": v}`: tables without that column are taken whole."""
    if "world" in condition:
        return f"world = {int(condition['world'])}"
    column = str(condition["column"])
    if column not in columns:
        return "true"
    return f"{quote(column)} = {text(str(condition['value']))}"


def _world_tables(connection: Any, catalog: str) -> list[str]:
    found = connection.execute(
        f"SELECT table_name FROM duckdb_tables() WHERE database_name = {text(catalog)} AND schema_name = 'worlds'"
    ).fetchall()
    return sorted(str(row[0]) for row in found if row[0] != "world_list")


def _type(name: str) -> ColumnType:
    try:
        return parse(name)
    except ValueError:
        return ColumnType(Family.OTHER, name)


def _stored(kind: str) -> str:
    """The type of a stored column: what is only NULL is stored as INTEGER, as CREATE TABLE AS does."""
    return kind.replace('"NULL"', "INTEGER")


def _target(source: str) -> str:
    return f"laglead_answer_{source}"


def _integers(values: Iterable[int]) -> str:
    return ", ".join(str(int(value)) for value in values)
