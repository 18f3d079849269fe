"""The tables and their columns as people read them in a terminal."""

from __future__ import annotations

import difflib

from checker.catalog import Catalog, Column, Table
from laglead.errors import Mistake
from laglead.prose import table as aligned
from laglead.terminal import paint


def named(found: Catalog, name: str) -> Table:
    """The table of that name; Mistake with the nearest one when there is none."""
    if name in found.tables:
        return found.tables[name]
    near = difflib.get_close_matches(name, found.tables, n=1)
    raise Mistake(f"There is no table '{name}'. " + (f"Did you mean {near[0]}?" if near else "See: laglead data"))


def overview(found: Catalog) -> list[str]:
    """A line for each table."""
    rows = [[t.name, f"{t.rows:,}", t.layer, t.grain] for t in found.tables.values()]
    return [*aligned([["table", "rows", "layer", "one row is"], *rows]), "", "Next: laglead data TABLE"]


def columns(table: Table) -> list[str]:
    """A table's head, then a line for each column: type, nulls, meaning, oddity."""
    keys = "; ".join(", ".join(key) for key in table.keys) or "nothing: rows may repeat"
    head = [paint(table.name, "bold") + f"  {table.rows:,} rows", table.grain, f"unique: {keys}", ""]
    rows = [[c.name, _type(c), _nulls(table, c), _meaning(c)] for c in table.columns]
    return head + aligned([["column", "type", "null", "meaning"], *rows])


def _type(column: Column) -> str:
    if column.type.startswith("STRUCT"):
        return "STRUCT[]" if column.type.endswith("[]") else "STRUCT"
    return column.type


def _nulls(table: Table, column: Column) -> str:
    if not column.nullable or not table.rows:
        return "never" if not column.nullable else "-"
    return f"{100 * column.nulls / table.rows:.1f}%"


def _meaning(column: Column) -> str:
    parts = [column.meaning]
    if column.type.startswith("STRUCT"):
        parts.append(column.type.replace('"', ""))
    if column.unit:
        parts.append(f"({column.unit})")
    if column.values:
        parts.append(f"[{', '.join(column.values)}]")
    return " ".join(parts) + (f"; {column.oddity}" if column.oddity else "")
