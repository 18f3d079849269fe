"""Rows that a person wrote to tell two queries apart: the only data there is, in a database of the log's schema.

The rows are data, never SQL: values are bound as text and cast to the column's type. The two queries run in
children of their own, as in a check, and in every order of the rows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from checker import counterexample
from checker.canonical import quote, text
from checker.catalog import Catalog, Column, Table
from checker.contract import Mismatch, match_columns
from checker.dataset import NATIVE, STORAGE_VERSION, Dataset, column_definitions
from checker.errors import ExerciseError
from checker.exercise import Exercise
from checker.leftover import all_rows
from checker.limits import Limits
from checker.query_run import ALONE, QueryRun, QueryStopped
from checker.reference import Reference
from checker.result import Piece
from checker.sides import Sides
from checker.sql_text import statement
from checker.verdict import Counterexample, Rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SOURCE = "handmade"


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One row as it was written; `line` is 1-based, a value None is NULL."""

    table: str
    line: int
    values: dict[str, str | None]


class RowProblem(Exception):
    """A row that the log could not hold; `line` is where it stands."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class Exposed:
    """The two queries differ on the rows; `counterexample` is None where the query ended with this error instead.

    `always` says whether they differ whatever the order of the rows.
    """

    counterexample: Counterexample | None
    always: bool = True
    error: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """Both give these rows."""

    rows: Rows


@dataclass(frozen=True, slots=True)
class Undecided:
    """The expected answer itself is not settled on these rows."""

    message: str


Comparison = Exposed | Alike | Undecided


def compare(
    exercise: Exercise, sql: str, rows: Sequence[GivenRow], dataset: Dataset, *, limits: Limits | None = None
) -> Comparison:
    """`sql` beside the reference on these rows alone; RowProblem for a row that the log could not hold."""
    bounds = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="laglead-") as folder:
        native = Path(folder) / NATIVE
        pieces = _build(native, rows, dataset.catalog, exercise)
        alone = replace(dataset, folder=Path(folder), native=native, digest=SOURCE)
        with (
            QueryRun(bounds) as run,
            Reference(exercise, exercise.reference, alone, limits=bounds, cache=None, log=False) as reference,
        ):
            run.open(alone, sql)
            contract = match_columns(exercise.output, run.columns, names_fixed=exercise.names_fixed)
            if isinstance(contract, Mismatch):
                raise ExerciseError(exercise.folder, 1, f"a query to review breaks the contract: {contract.message}")
            run.expect(contract, exercise)
            return _compared(Sides(run, reference, contract, exercise, dataset.catalog, sql), pieces)


def _compared(sides: Sides, pieces: tuple[Piece, ...]) -> Comparison:
    theirs = sides.reference.in_cuts("log", [pieces], isolated=True)
    if not theirs.evaluated:
        return Undecided("the expected answer fails on these rows: " + theirs.failures[0][1].message)
    try:
        mine = sides.answer.in_cuts("log", [pieces], isolated=True)
    except QueryStopped as stopped:
        return Exposed(None, error=stopped.failure.message or stopped.failure.kind)
    if mine.failures:
        return Exposed(None, error=mine.failures[0][1].message)
    found = counterexample.confirm(sides, "log", pieces, SOURCE)
    if found is not None and found.left:
        return Exposed(counterexample.show(found, sides), always=found.always)
    if not _is_settled(sides, pieces):
        return Undecided("the expected answer changes with the order of these rows; change what is tied")
    return Alike(counterexample.as_rows(all_rows(sides.answer, ALONE, [0]), sides.contract))


def _is_settled(sides: Sides, pieces: tuple[Piece, ...]) -> bool:
    """Whether the reference gives one result for the rows and for their reverse."""
    theirs = sides.reference.in_cuts("log", [pieces, tuple(reversed(pieces))], isolated=True)
    return theirs.digests.get(0) == theirs.digests.get(1) or sides.contract.is_loose


def _build(native: Path, rows: Sequence[GivenRow], catalog: Catalog, exercise: Exercise) -> tuple[Piece, ...]:
    """The database with these rows and nothing else; returns the rows by their place."""
    import duckdb  # noqa: PLC0415 - the parent of a check must never import it

    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"ATTACH {text(str(native))} AS built (STORAGE_VERSION {text(STORAGE_VERSION)})")
        for table in catalog.tables.values():
            connection.execute(f"CREATE TABLE {_source(table.name)} ({column_definitions(table)})")
        pieces = tuple(_inserted(connection, rows, catalog))
        for table in catalog.tables.values():
            _check_keys(connection, table, rows)
            _check_references(connection, table, rows, exercise.tables)
        connection.execute("DETACH built")
    return pieces


def _inserted(connection: DuckDBPyConnection, rows: Sequence[GivenRow], catalog: Catalog) -> Iterator[Piece]:
    counts: dict[str, int] = {}
    for row in rows:
        number = counts.get(row.table, 0)
        counts[row.table] = number + 1
        values = _whole(catalog.tables[row.table], row, number + 1)
        _insert(connection, catalog.tables[row.table], row, values)
        yield row.table, number


def _whole(table: Table, row: GivenRow, number: int) -> dict[str, str | None]:
    """The row with every column: what may be missing is NULL, what must be there is a plain value of its own."""
    values: dict[str, str | None] = {}
    for column in table.columns:
        given = row.values.get(column.name)
        if column.name in row.values and given is None and not column.nullable:
            raise RowProblem(row.line, f"{column.name} is never NULL in {table.name}; give a value or leave it out")
        if given is not None and column.values and given not in column.values:
            raise RowProblem(row.line, f"{column.name} is {given!r}; {table.name} has {', '.join(column.values)}")
        values[column.name] = given if column.name in row.values or column.nullable else _plain(column, number)
    return values


def _source(table: str) -> str:
    return f"built.main.{quote(table)}"


def _known(prefix: str, columns: Sequence[str]) -> str:
    return " AND ".join(f"{prefix}{quote(name)} IS NOT NULL" for name in columns)


def _plain(column: Column, number: int) -> str:
    if column.values:
        return column.values[0]
    if column.type == "VARCHAR":
        return f"{column.name}_{number}"
    if column.type.startswith("TIMESTAMP"):
        return "2026-03-02 10:00:00"
    if column.type == "BOOLEAN":
        return "false"
    return "[]" if column.type.endswith("[]") else str(number)


def _insert(connection: DuckDBPyConnection, table: Table, row: GivenRow, values: dict[str, str | None]) -> None:
    import duckdb  # noqa: PLC0415 - the parent of a check must never import it

    for column in (column for column in table.columns if values[column.name] is not None):
        try:
            connection.execute(f"SELECT CAST(? AS {column.type})", [values[column.name]])
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            raise RowProblem(row.line, f"{column.name} cannot be {values[column.name]!r}: {said}") from error
    names = ", ".join(quote(column.name) for column in table.columns)
    casts = ", ".join(f"CAST(? AS {column.type})" for column in table.columns)
    sql = f"INSERT INTO {_source(table.name)} ({names}) VALUES ({casts})"
    connection.execute(sql, [values[column.name] for column in table.columns])


def _check_keys(connection: DuckDBPyConnection, table: Table, rows: Sequence[GivenRow]) -> None:
    for key in table.keys:
        columns = ", ".join(map(quote, key))
        sql = statement("doubled", source=_source(table.name), known=_known("", key), key=columns)
        found = connection.execute(sql).fetchone()
        if found is not None:
            line = _line(rows, table.name, int(found[0]))
            raise RowProblem(line, f"{table.name} holds each {', '.join(key)} once; this row repeats an earlier one")


def _check_references(
    connection: DuckDBPyConnection, table: Table, rows: Sequence[GivenRow], read: Sequence[str]
) -> None:
    """Foreign keys among the tables that the question reads; the others are nobody's concern here."""
    for reference in table.references:
        if not {table.name, reference.table} <= set(read):
            continue
        pairs = zip(reference.columns, reference.to, strict=True)
        sql = statement(
            "orphans",
            child=_source(table.name),
            parent=_source(reference.table),
            known=_known("child.", reference.columns),
            matches=" AND ".join(f"child.{quote(a)} = parent.{quote(b)}" for a, b in pairs),
        )
        found = connection.execute(sql).fetchone()
        if found is not None and found[0] is not None:
            names = ", ".join(reference.columns)
            line = _line(rows, table.name, int(found[0]))
            raise RowProblem(line, f"{names} names no row of {reference.table}; write that row, too")


def _line(rows: Sequence[GivenRow], table: str, number: int) -> int:
    return [row.line for row in rows if row.table == table][number]
