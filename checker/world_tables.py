"""The child's small databases: stored worlds, the log split by entity, and rows cut out for a smaller example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker import engine
from checker.canonical import quote, text
from checker.sql_text import statement

CUT, UNIVERSE = "laglead_cut_", "laglead_universe_"
SCHEMAS = {"log": "main", "worlds": "worlds"}
Chosen = Mapping[str, Sequence[Sequence[int]]]
"""By table: [number of the small database, row] in the order of the rows."""


@dataclass(frozen=True, slots=True)
class WorldTables:
    """Where the rows of small databases lie: one table for each table, `column` says whose a row is."""

    schema: str
    prefix: str
    column: str
    hidden: tuple[str, ...]

    def source(self, table: str) -> str:
        """The table with the rows of all small databases."""
        return f"{self.schema}.{quote(self.prefix + table)}"

    @property
    def excluded(self) -> str:
        """The columns that are ours, quoted."""
        return ", ".join(quote(name) for name in self.hidden)


def stored(catalog: str) -> WorldTables:
    """The worlds that came with the data, in the native file that is attached as `catalog`."""
    return WorldTables(f"{catalog}.worlds", "", "world", ("world",))


def cut(connection: Any, catalog: str, tables: Iterable[str], origin: str, chosen: Chosen) -> WorldTables:
    """Make small databases of chosen rows of the log or of the worlds: the same row may be in many."""
    for table in tables:
        rows = chosen.get(table, ())
        universe = f"temp.main.{quote(UNIVERSE + table)}"
        _load(connection, f"{catalog}.{SCHEMAS[origin]}.{quote(table)}", universe, {row for _, row in rows})
        sql = statement(
            "cut",
            target=f"temp.main.{quote(CUT + table)}",
            universe=universe,
            worlds=_integers(world for world, _ in rows),
            rows=_integers(row for _, row in rows),
            count=str(len(rows)),
        )
        connection.execute(sql)
    hidden = ("laglead_world", "laglead_row", *(("world",) if origin == "worlds" else ()))
    return WorldTables("temp.main", CUT, "laglead_world", hidden)


def _load(connection: Any, source: str, universe: str, rows: set[int]) -> None:
    """The rows as a small table; what an earlier cut loaded is kept while it suffices."""
    if rows and rows <= _held(connection, universe):
        return
    connection.execute(statement("universe", target=universe, source=source, rows=_integers(sorted(rows))))


def _held(connection: Any, universe: str) -> set[int]:
    try:
        return {int(row[0]) for row in connection.execute(f"SELECT laglead_row FROM {universe}").fetchall()}
    except engine.duckdb.CatalogException:
        return set()


def split(connection: Any, catalog: str, how: Mapping[str, Any]) -> WorldTables:
    """Cut the log by entity: by groups of listed values of a column, or by buckets of all of its values.

    The plan says for each table how its rows belong to an entity: by the column itself, over a bridge
    (another table that has the column, and a column that both have), whole, or not at all.
    """
    column, schema = quote(how["column"]), f"{catalog}.main"
    if how["groups"]:
        listed = [(value, number) for number, group in enumerate(how["groups"]) for value in group]
        values = ", ".join("NULL" if value is None else text(str(value)) for value, _ in listed)
        worlds = _integers(number for _, number in listed)
        connection.execute(statement("entities_listed", values=values, worlds=worlds))
    else:
        bounds = {name: str(int(how[name])) for name in ("buckets", "first")}
        source = f"{schema}.{quote(how['table'])}"
        connection.execute(statement("entities_hashed", column=column, source=source, **bounds))
    for step in how["plan"]:
        source = f"{schema}.{quote(step['table'])}"
        over = {"link": quote(step["link"]), "bridge": f"{schema}.{quote(step['bridge'])}"} if "bridge" in step else {}
        chosen = statement(f"split_{step['how']}", source=source, column=column, **over)
        target = f"temp.main.{quote(CUT + step['table'])}"
        connection.execute(statement("split", target=target, chosen=chosen, source=source))
    return WorldTables("temp.main", CUT, "laglead_world", ("laglead_world", "laglead_row"))


def sizes(connection: Any, plan: Sequence[Mapping[str, str]]) -> list[list[int]]:
    """[number, rows in all tables] of the small databases that were split."""
    counted = " UNION ALL ".join(f"SELECT laglead_world FROM temp.main.{quote(CUT + step['table'])}" for step in plan)
    sql = f"SELECT laglead_world, count(*) FROM ({counted}) GROUP BY laglead_world ORDER BY laglead_world"
    return [[int(world), int(rows)] for world, rows in connection.execute(sql).fetchall()]


def members(connection: Any, tables: Iterable[str], world: int) -> list[list[Any]]:
    """[table, row] of everything in one of the small databases that were split."""
    found = []
    for table in tables:
        sql = f"SELECT laglead_row FROM temp.main.{quote(CUT + table)} WHERE laglead_world = ? ORDER BY laglead_row"
        found += [[table, int(row[0])] for row in connection.execute(sql, [world]).fetchall()]
    return found


def values(connection: Any, world: int) -> list[str | None]:
    """The entities in one of the buckets of the latest split."""
    sql = "SELECT value FROM laglead_entities WHERE laglead_world = ? ORDER BY value"
    return [None if row[0] is None else str(row[0]) for row in connection.execute(sql, [world]).fetchall()]


def stored_members(connection: Any, tables: Iterable[str], world: int) -> list[list[Any]]:
    """[table, row] of everything in one of the worlds that came with the data."""
    found = []
    for table in tables:
        sql = f"SELECT rowid FROM {engine.NATIVE}.worlds.{quote(table)} WHERE world = ? ORDER BY rowid"
        found += [[table, int(row[0])] for row in connection.execute(sql, [world]).fetchall()]
    return found


def links(
    connection: Any, origin: str, pieces: Sequence[Sequence[Any]], references: Sequence[Sequence[Any]]
) -> list[list[Any]]:
    """[table, row, table, row] for each row and each other row that it names by a foreign key.

    A reference is (table, table it names, columns, columns there).
    """
    found = []
    for child, parent, columns, to in references:
        matches = (f"laglead_child.{quote(a)} = laglead_parent.{quote(b)}" for a, b in zip(columns, to, strict=True))
        sql = statement(
            "links",
            child=f"{engine.NATIVE}.{SCHEMAS[origin]}.{quote(child)}",
            parent=f"{engine.NATIVE}.{SCHEMAS[origin]}.{quote(parent)}",
            children=_integers(row for table, row in pieces if table == child),
            parents=_integers(row for table, row in pieces if table == parent),
            matches=" AND ".join(matches),
        )
        found += [[child, int(a), parent, int(b)] for a, b in connection.execute(sql).fetchall()]
    return found


def _integers(values: Iterable[int]) -> str:
    return ", ".join(str(int(value)) for value in values)
