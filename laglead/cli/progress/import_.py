"""`laglead progress import FILE`: joins what you have done elsewhere to what you have done here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from laglead import curriculum, journal, workspace
from laglead.errors import Mistake
from laglead.progress import is_event, standings
from laglead.terminal import clean

ORDER = 2


def command(
    file: Annotated[Path, typer.Argument(help="What laglead progress export wrote.", metavar="FILE")],
) -> None:
    """Join exported progress to yours; doing it twice changes nothing."""
    here = workspace.needed()
    if not file.is_file():
        raise Mistake(f"{file}: there is no such file. Make one elsewhere: laglead progress export {file.name}")
    found = journal.read(file)
    events = [line for line in found.lines if is_event(line)]
    left = len(found.lines) - len(events) + len(found.unreadable)
    if not events:
        raise Mistake(f"{file}: no line of it is an event. Make it with: laglead progress export {file.name}")
    new = journal.merge(here.progress, events)
    solved = sum(one.is_solved for one in standings(here.progress, curriculum.exercises()).values())
    typer.echo(clean(f"{new} new events of {len(events)}; {solved} exercises are solved now."))
    if left:
        typer.echo(clean(f"{file}: {left} lines are no events and were left out."), err=True)
