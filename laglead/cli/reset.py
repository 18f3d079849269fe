"""`laglead reset ID`: the starter again; the old answer is kept beside it."""

from __future__ import annotations

from typing import Annotated

import typer

from laglead import curriculum, workspace
from laglead.progress import Event, record
from laglead.terminal import clean

ORDER = 80


def command(exercise: Annotated[str, typer.Argument(help="An id or a number.", metavar="ID")]) -> None:
    """Put the starter back; your old answer is kept beside it."""
    found = curriculum.find(exercise)
    here = workspace.needed()
    backup = here.reset(found)
    record(here.progress, found, Event.RESET)
    typer.echo(clean(f"The starter is back: {workspace.shown(here.answer(found))}"))
    if backup is not None:
        typer.echo(clean(f"Your old answer is kept: {workspace.shown(backup)}"))
