"""`laglead reveal ID`: the reference and the explanation; recorded, not shamed."""

from __future__ import annotations

from typing import Annotated

import typer

from laglead import curriculum, workspace
from laglead.output import Format, FormatOption, print_json
from laglead.progress import Event, record
from laglead.prose import plain
from laglead.terminal import clean, paint

ORDER = 70


def command(
    exercise: Annotated[str, typer.Argument(help="An id or a number.", metavar="ID")],
    output: FormatOption = Format.TEXT,
) -> None:
    """Show the reference answer and why it is right."""
    found = curriculum.find(exercise)
    here = workspace.find()
    if here is not None:
        record(here.progress, found, Event.REVEAL)
    reference = found.reference.read_text(encoding="utf-8")
    explanation = found.explanation.read_text(encoding="utf-8")
    if output is Format.JSON:
        print_json({"exercise": found.id, "reference": reference, "explanation": explanation})
        return
    typer.echo(f"{paint(found.title, 'bold')}\n\n{clean(reference).rstrip()}\n\n{plain(explanation)}")
