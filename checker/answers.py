"""The child's work: run the query on the log, and answer questions about the rows of its results."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from checker import engine
from checker.canonical import Closeness, Forms, forms, quote
from checker.column_type import ColumnType, Family, parse
from checker.engine import Database
from checker.sql_text import statement

BUCKETS = 1024
MOST_ROW_BYTES = 900_000
LOG, ALONE = "log", "alone"
"""Results of other names are those of small databases by one join; `alone` is what was run in isolation."""


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
    _isolated: Any = None

    def on_log(self, order: int = 0) -> dict[str, Any]:
        """The query on the log: digests by bucket, and how often its order falls.

        Order 0 is the log as it is stored; every other number is another order of its rows.
        """
        connection = self._stored_again(order) if order else self.connections[0]
        engine.run(
            connection, statement("answer", target=target(LOG), query=self.query, columns=self.names), self.query
        )
        self.places[LOG] = connection
        return {"parts": self.digests(LOG), "falls": self.falls(LOG)}

    def _stored_again(self, order: int) -> Any:
        """A database of its own with the log's tables that the query may read, their rows in another order."""
        connection = self.isolated()
        for table in self.database.named_in(self.query):
            source = f"{engine.ISOLATED_SOURCE}.main.{quote(table)}"
            connection.execute(
                f"CREATE OR REPLACE TABLE {quote(table)} AS SELECT * FROM {source} ORDER BY hash(rowid, {int(order)})"
            )
        return connection

    def isolated(self) -> Any:
        """A connection to a database of its own, empty and locked, beside the native file."""
        if self._isolated is None:
            self._isolated = engine.lock(engine.connect_isolated(self.database))
            self.connections.append(self._isolated)
        return self._isolated

    def empty(self, source: str) -> str:
        """The statement that makes an empty table for the results of `source`."""
        types = ", ".join(f"{name} {_stored(kind)}" for name, kind in self._columns())
        return f"CREATE OR REPLACE TEMP TABLE {target(source)} (laglead_world INTEGER, {types})"

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
            target=target(source),
            part=self._part(source),
            parts=_integers(parts),
            digest=digest,
            every="true" if hashes is None else "false",
            hashes=_integers(hashes or ()),
            # Rows with one digest may differ in their keys, and pages must not overlap.
            order="rowid" if source == ALONE else f"{digest}, rowid",
            most=str(most + 1),
            first=str(first),
        )
        return bounded_rows(self.places[source].execute(sql), most)

    def tally(self, source: str, parts: Iterable[int], *, first: int, most: int) -> dict[str, Any]:
        """[part, hash of a row's digest, how often it occurs], in that order."""
        sql = statement(
            "tally",
            part=self._part(source),
            digest=", ".join(form.digest for form in self._forms()),
            target=target(source),
            parts=_integers(parts),
            most=str(most + 1),
            first=str(first),
        )
        found = [list(row) for row in self.places[source].execute(sql).fetchall()]
        return {"tally": found[:most], "more": len(found) > most}

    def digests(self, source: str) -> list[list[Any]]:
        """[part, rows, two sums] of the result: parts are buckets of the log, or small databases."""
        digest = ", ".join(form.digest for form in self._forms())
        sql = statement("digests", part=self._part(source), digest=digest, target=target(source))
        return [list(row) for row in self.places[source].execute(sql).fetchall()]

    def falls(self, source: str) -> list[list[int]]:
        """[world, how often a row stands below its place in the declared order]; the log is world 0."""
        expected = self._expected()
        if not expected.order:
            return []
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
        sql = statement("falls", keys=", ".join(keys), target=target(source))
        return [[int(world), int(count)] for world, count in self.places[source].execute(sql).fetchall()]

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

    @property
    def names(self) -> str:
        """The names under which the engine holds the columns."""
        return ", ".join(name for name, _ in self._columns())


def bounded_rows(cursor: Any, most: int) -> dict[str, Any]:
    """The rows as far as they fit into one message."""
    rows: list[list[Any]] = []
    size = 0
    while (row := cursor.fetchone()) is not None:
        size += sum(8 + (len(json.dumps(cell)) if isinstance(cell, str) else 0) for cell in row)
        # One row always goes: where even that is too long, the message is refused as too large.
        if len(rows) >= most or (rows and size > MOST_ROW_BYTES):
            return {"rows": rows, "more": True}
        rows.append(list(row))
    return {"rows": rows, "more": False}


def _type(name: str) -> ColumnType:
    try:
        return parse(name)
    except ValueError:
        return ColumnType(Family.OTHER, name)


def _stored(kind: str) -> str:
    """The type of a stored column: what is only NULL is stored as INTEGER, as CREATE TABLE AS does."""
    return kind.replace('"NULL"', "INTEGER")


def target(source: str) -> str:
    """The table that holds the results of `source`."""
    return f"laglead_answer_{source}"


def _integers(values: Iterable[int]) -> str:
    return ", ".join(str(int(value)) for value in values)
