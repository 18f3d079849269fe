"""`laglead data [TABLE]`: the data dictionary of the log that is in place, and how near it comes to real ones."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated, Any

import typer

from checker.catalog import Catalog, Column, Table, read
from laglead import realism, workspace
from laglead.errors import Mistake
from laglead.output import Format, FormatOption, print_json
from laglead.prose import table as aligned
from laglead.terminal import clean, paint

ORDER = 45


def command(
    table: Annotated[str, typer.Argument(help="A table; all of them when none is named.")] = "",
    compare: Annotated[bool, typer.Option("--realism", help="Compare the log with published figures.")] = False,
    output: FormatOption = Format.TEXT,
) -> None:
    """Show the tables, or one table's columns: type, nulls, meaning, oddity."""
    data = workspace.needed().data
    found = read(data)
    if compare:
        _realism(data, found, table, output)
        return
    if output is Format.JSON:
        chosen = [_chosen(found, table)] if table else list(found.tables.values())
        print_json({"seed": found.seed, "plan": found.plan, "tables": [_as_json(one) for one in chosen]})
        return
    typer.echo(clean("\n".join(_columns(_chosen(found, table)) if table else _tables(found))))


def _realism(data: Path, found: Catalog, table: str, output: Format) -> None:
    if table:
        raise Mistake(f"--realism compares the whole log. Leave out '{table}': laglead data --realism")
    compared = realism.compared(data)
    if output is Format.JSON:
        print_json({"seed": found.seed, "plan": found.plan, **realism.as_json(compared)})
        return
    typer.echo(clean("\n".join(realism.as_text(compared, str(found.plan.get("profile", ""))))))


def _chosen(found: Catalog, name: str) -> Table:
    if name in found.tables:
        return found.tables[name]
    near = difflib.get_close_matches(name, found.tables, n=1)
    raise Mistake(f"There is no table '{name}'. " + (f"Did you mean {near[0]}?" if near else "See: laglead data"))


def _tables(found: Catalog) -> list[str]:
    rows = [[t.name, f"{t.rows:,}", t.layer, t.grain] for t in found.tables.values()]
    return [*aligned([["table", "rows", "layer", "one row is"], *rows]), "", "Next: laglead data TABLE"]


def _columns(table: Table) -> list[str]:
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


def _as_json(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "layer": table.layer,
        "grain": table.grain,
        "rows": table.rows,
        "keys": [list(key) for key in table.keys],
        "columns": [
            {
                "name": c.name,
                "type": c.type,
                "nullable": c.nullable,
                "nulls": c.nulls,
                "unit": c.unit,
                "values": list(c.values),
                "ordinal": c.ordinal,
                "meaning": c.meaning,
                "oddity": c.oddity,
            }
            for c in table.columns
        ],
    }
