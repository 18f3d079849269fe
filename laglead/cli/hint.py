"""`laglead hint ID`: the next hint; hints open by attempts and are never forced."""

from __future__ import annotations

from typing import Annotated

import typer

from laglead import curriculum, workspace
from laglead.hinting import Opened, as_text, open_next
from laglead.output import Format, FormatOption, print_json

ORDER = 60


def command(
    exercise: Annotated[str, typer.Argument(help="An id or a number.", metavar="ID")],
    output: FormatOption = Format.TEXT,
) -> None:
    """Open the next hint: direction, then technique, then skeleton."""
    found = curriculum.find(exercise)
    here = workspace.needed()
    opened = open_next(here, found)
    if output is Format.JSON:
        print_json({"exercise": found.id, "hints": list(opened.hints), "of": opened.total})
        return
    typer.echo(f"{as_text(opened)}\n{_next(found.id, opened)}")


def _next(name: str, opened: Opened) -> str:
    if opened.is_last:
        return f"That was the last hint. The answer itself: laglead reveal {name}"
    if opened.more:
        return f"One more is open: laglead hint {name}"
    return f"The next hint opens with your next attempt: laglead check {name}"
