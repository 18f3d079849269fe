"""`laglead shell`: the prepared database in a client of its own, to look around freely."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated

import typer

from checker.dataset import open_dataset
from laglead import workspace
from laglead.clients import CLIENTS, Client
from laglead.errors import Mistake

ORDER = 57


def command(
    client: Annotated[str, typer.Option(help="harlequin or duckdb; the first that is installed without it.")] = "",
    path: Annotated[bool, typer.Option("--path", help="Print where the database is, and open nothing.")] = False,
) -> None:
    """Open the practice log in harlequin or the DuckDB client, read-only."""
    native = open_dataset(workspace.needed().data).native
    if path:
        typer.echo(native)
        return
    chosen, program = _found(client)
    typer.echo(
        f"{chosen.name} reads {workspace.shown(native)}; nothing can be changed. laglead runs beside it.", err=True
    )
    sys.stdout.flush()
    ended = subprocess.run(chosen.command(program, native), env=dict(os.environ), check=False)
    raise typer.Exit(ended.returncode)


def _found(name: str) -> tuple[Client, str]:
    """The client that is wanted, or the first that is there; Mistake with the commands that install one."""
    wanted = [client for client in CLIENTS if name in ("", client.name)]
    if not wanted:
        raise Mistake(f"There is no client '{name}'. Choose one of: {', '.join(client.name for client in CLIENTS)}")
    for client in wanted:
        program = client.program()
        if program is not None:
            return client, program
    ways = "\n".join(f"  {client.name:10} {client.install}" for client in wanted)
    raise Mistake(
        f"No client is installed that could open the database. Get one, then run laglead shell again:\n{ways}"
    )
