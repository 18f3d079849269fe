"""How the log falls into entities: messages, conversations, users, and what a row needs beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from checker.catalog import Catalog
from checker.exercise import Exercise
from checker.reference import Reference
from checker.result import Piece, ResultRow
from checker.small_run import Split

MOST_ROWS = 4_000
MOST_VALUES = 40
MOST_IN_BUCKET = 600
MOST_WHOLE = 100
FINE, SOME, ALL = (1024, 24), (64, 8), (64, 64)
"""Buckets of all entities, and how many of them are tried: a few small ones, an eighth of the log, then all of it."""
IDENTIFIERS = ("_id", "_ref")


def of_rows(catalog: Catalog, tables: Sequence[str], exercise: Exercise, rows: Sequence[ResultRow]) -> Iterator[Split]:
    """The log by the identifiers that stand in rows which differ; other values hold too much of the log."""
    names = _columns(catalog, tables)
    output = [(number, column.name) for number, column in enumerate(exercise.output) if column.name in names]
    for number, name in output:
        values = dict.fromkeys(row.shown[number] for row in rows[: 4 * MOST_VALUES])
        if values and _identifies(name):
            yield by_values(catalog, tables, name, values)


def by_values(catalog: Catalog, tables: Sequence[str], column: str, values: Iterable[str | None]) -> Split:
    """Each value alone, and more and more of them together: a mistake may need two entities to show."""
    listed = tuple(islice(values, MOST_IN_BUCKET))
    alone = [(value,) for value in listed]
    sizes = [1 << power for power in range(1, len(listed).bit_length()) if 1 << power <= MOST_VALUES]
    together = [listed[:size] for size in dict.fromkeys([*sizes, min(len(listed), MOST_VALUES)]) if size > 1]
    return Split(column, _plan(catalog, tables, column), (*alone, *together))


def of_all(catalog: Catalog, tables: Sequence[str]) -> Iterator[Split]:
    """Buckets of every identifier in the tables, parts of the log before all of it."""
    names = _columns(catalog, tables)
    for buckets, first in (FINE, SOME, ALL):
        for name in sorted(filter(_identifies, names), key=names.__getitem__, reverse=True):
            table = next(table for table in tables if _has(catalog, table, name))
            yield Split(name, _plan(catalog, tables, name), table=table, buckets=buckets, first=first)


def whole(catalog: Catalog, tables: Sequence[str]) -> Split | None:
    """The tables as they are, where they are small."""
    if sum(catalog.tables[table].rows for table in tables) > MOST_ROWS:
        return None
    return Split("", tuple({"table": table, "how": "whole"} for table in tables), (("",),))


def _columns(catalog: Catalog, tables: Sequence[str]) -> dict[str, int]:
    """The text columns of the tables, and in how many of them each is."""
    found: dict[str, int] = {}
    for table in tables:
        for column in catalog.tables[table].columns:
            if column.type == "VARCHAR":
                found[column.name] = found.get(column.name, 0) + 1
    return found


def _identifies(column: str) -> bool:
    return column.endswith(IDENTIFIERS)


def _plan(catalog: Catalog, tables: Sequence[str], column: str) -> tuple[Mapping[str, str], ...]:
    return tuple({"table": table, **_belonging(catalog, table, column)} for table in tables)


def _belonging(catalog: Catalog, table: str, column: str) -> dict[str, str]:
    """How the rows of a table belong to the values of a column."""
    if catalog.tables[table].exact_rows is not None:
        return {"how": "whole"}
    if _has(catalog, table, column):
        return {"how": "direct"}
    links = [link.name for link in catalog.tables[table].columns if _identifies(link.name)]
    for link in links:
        for bridge in catalog.tables:
            if bridge != table and _has(catalog, bridge, column) and _has(catalog, bridge, link):
                return {"how": "bridged", "bridge": bridge, "link": link}
    return {"how": "whole" if catalog.tables[table].rows <= MOST_WHOLE else "nothing"}


def _has(catalog: Catalog, table: str, column: str) -> bool:
    return any(column == other.name for other in catalog.tables[table].columns)


def fixed(catalog: Catalog, pieces: Sequence[Piece]) -> frozenset[Piece]:
    """The rows of tables that always have so many: without one of them it is no data of this kind."""
    return frozenset(piece for piece in pieces if catalog.tables[piece[0]].exact_rows is not None)


def needs(
    catalog: Catalog, reference: Reference, origin: str, pieces: Sequence[Piece]
) -> dict[Piece, frozenset[Piece]]:
    """For each row the rows among the others that its foreign keys name."""
    present = {table for table, _ in pieces}
    links = [
        (table, target.table, target.columns, target.to)
        for table in sorted(present)
        for target in catalog.tables[table].references
        if target.table in present
    ]
    if not links:
        return {}
    found: dict[Piece, set[Piece]] = {}
    for child, parent in reference.links(origin, pieces, links):
        found.setdefault(child, set()).add(parent)
    return {child: frozenset(parents) for child, parents in found.items()}
