"""`laglead data [TABLE]`: the data dictionary of the log that is in place, and how near it comes to real ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from checker.catalog import Catalog, Table, read
from laglead import conversation, conversation_text, realism, workspace
from laglead.data_dictionary import columns, named, overview
from laglead.errors import Mistake
from laglead.output import Format, FormatOption, print_json
from laglead.terminal import clean

ORDER = 45


def command(
    table: Annotated[str, typer.Argument(help="A table; all of them when none is named.")] = "",
    compare: Annotated[bool, typer.Option("--realism", help="Compare the log with published figures.")] = False,
    conversation_id: Annotated[
        str, typer.Option("--conversation", help="Read this conversation: an id, or how it begins.", metavar="ID")
    ] = "",
    full: Annotated[bool, typer.Option("--full", help="With --conversation: fold nothing.")] = False,
    output: FormatOption = Format.TEXT,
) -> None:
    """Show the tables, one table's columns, or a conversation to read."""
    data = workspace.needed().data
    if conversation_id:
        _conversation(data, conversation_id, table, output, full=full)
        return
    found = read(data)
    if compare:
        _realism(data, found, table, output)
        return
    if output is Format.JSON:
        chosen = [named(found, table)] if table else list(found.tables.values())
        print_json({"seed": found.seed, "plan": found.plan, "tables": [_as_json(one) for one in chosen]})
        return
    typer.echo(clean("\n".join(columns(named(found, table)) if table else overview(found))))


def _conversation(data: Path, wanted: str, table: str, output: Format, *, full: bool) -> None:
    if table:
        raise Mistake(f"--conversation reads all its tables. Leave out '{table}'")
    read_one = conversation.read(data, wanted)
    if output is Format.JSON:
        print_json(read_one.as_json())
        return
    for line in conversation_text.as_text(read_one, full=full):
        typer.echo(line)


def _realism(data: Path, found: Catalog, table: str, output: Format) -> None:
    if table:
        raise Mistake(f"--realism compares the whole log. Leave out '{table}': laglead data --realism")
    compared = realism.compared(data)
    if output is Format.JSON:
        print_json({"seed": found.seed, "plan": found.plan, **realism.as_json(compared)})
        return
    typer.echo(clean("\n".join(realism.as_text(compared, str(found.plan.get("profile", ""))))))


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
