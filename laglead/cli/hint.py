"""`laglead hint ID`: the next hint; hints open by attempts and are never forced."""

from __future__ import annotations

from typing import Annotated

import typer

from laglead import curriculum, workspace
from laglead.output import Format, FormatOption, print_json
from laglead.progress import Event, record, standing
from laglead.prose import plain

ORDER = 60


def command(
    exercise: Annotated[str, typer.Argument(help="An id or a number.", metavar="ID")],
    output: FormatOption = Format.TEXT,
) -> None:
    """Open the next hint: direction, then technique, then skeleton."""
    found = curriculum.find(exercise)
    here = workspace.needed()
    where = standing(here.progress, found)
    # One hint is open from the start, and one more after each attempt.
    open_hints = min(len(found.hints), where.hints + 1, where.attempts + 1)
    if open_hints > where.hints:
        record(here.progress, found, Event.HINT, level=open_hints)
    if output is Format.JSON:
        print_json({"exercise": found.id, "hints": list(found.hints[:open_hints]), "of": len(found.hints)})
        return
    for number, hint in enumerate(found.hints[:open_hints], start=1):
        typer.echo(f"hint {number}/{len(found.hints)}\n{plain(hint)}\n")
    typer.echo(_next(found.id, open_hints, len(found.hints), where.attempts))


def _next(name: str, open_hints: int, total: int, attempts: int) -> str:
    if open_hints == total:
        return f"That was the last hint. The answer itself: laglead reveal {name}"
    if open_hints > attempts:
        return f"The next hint opens with your next attempt: laglead check {name}"
    return f"One more is open: laglead hint {name}"
