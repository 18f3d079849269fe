"""The child's tables for people: the first rows of a query, and the input rows of an example, as SQL text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from checker import engine
from checker.answers import bounded_rows
from checker.canonical import Closeness, forms, quote
from checker.column_type import ColumnType, Family, parse
from checker.sql_text import statement
from checker.world_tables import SCHEMAS

_AS_TEXT = (ColumnType(Family.TEXT, "VARCHAR"), ColumnType(Family.TEXT, "VARCHAR"), Closeness(0.0, 0.0))


def shown(connection: Any, query: str, described: Sequence[tuple[str, str]], most: int) -> dict[str, Any]:
    """The first rows of a query as SQL text: {columns, types, rows, more}."""
    names = [f"c{number}" for number in range(len(described))]
    engine.run(connection, statement("shown", query=query, columns=", ".join(names), most=str(most + 1)), query)
    return {"columns": [list(column) for column in described], **_table_text(connection, "laglead_shown", names, most)}


def inputs(connection: Any, ask: dict[str, Any]) -> dict[str, Any]:
    """Rows of the log or of the worlds in the order of the pieces [table, row]: {name: {columns, rows, more, brief}}.

    In brief, nested values keep only their fields with one of the `names`.
    """
    origin, pieces, most = ask["origin"], ask["pieces"], ask["most"]
    found = {}
    for table in dict.fromkeys(str(name) for name, _ in pieces):
        source = f"{engine.NATIVE}.{SCHEMAS[origin]}.{quote(table)}"
        columns = [(str(row[0]), str(row[1])) for row in connection.execute(f"DESCRIBE {source}").fetchall()]
        columns = [column for column in columns if column[0] != "world" or origin == "log"]
        chosen = [int(row) for name, row in pieces if name == table]
        listed = ", ".join(map(str, chosen[: most + 1]))
        rows = (
            f"(SELECT * FROM {source} WHERE rowid IN ({listed}) "
            f"ORDER BY list_position(CAST([{listed}] AS BIGINT[]), rowid))"
        )
        whole = _table_text(connection, rows, [quote(name) for name, _ in columns], most)
        parts = [brief(name, kind, frozenset(ask["names"])) for name, kind in columns]
        found[table] = {"columns": columns, **whole, "brief": _table_text(connection, rows, parts, most)["rows"]}
    return found


def brief(name: str, kind: str, names: frozenset[str]) -> str:
    """The expression for a column whose structs keep only the fields with one of these names, if they have any."""
    column, declared = quote(name), parse(kind)
    if declared.family is Family.STRUCT:
        return _packed(column, declared, names) or column
    if declared.family is Family.LIST and declared.element.family is Family.STRUCT:
        part = _packed("laglead_x", declared.element, names)
        return f"list_transform({column}, lambda laglead_x: {part})" if part else column
    return column


def _packed(value: str, declared: ColumnType, names: frozenset[str]) -> str | None:
    kept = [quote(field) for field, _ in declared.fields if field.lower() in names]
    if not kept or len(kept) == len(declared.fields):
        return None
    fields = ", ".join(f"{field} := {value}.{field}" for field in kept)
    return f"CASE WHEN {value} IS NOT NULL THEN struct_pack({fields}) END"


def _table_text(connection: Any, source: str, names: Iterable[str], most: int) -> dict[str, Any]:
    cells = ", ".join(forms(name, *_AS_TEXT).shown for name in names)
    return bounded_rows(connection.execute(f"SELECT {cells} FROM {source}"), most)
