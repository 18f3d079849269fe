"""`laglead show ID`: the prompt and the contract, and an answer file to write into."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from checker.exercise import Exercise
from laglead import curriculum, workspace
from laglead.output import Format, FormatOption, print_json
from laglead.question import question
from laglead.terminal import clean

ORDER = 40


def command(
    exercise: Annotated[str, typer.Argument(help="An id or a number.", metavar="ID")],
    output: FormatOption = Format.TEXT,
) -> None:
    """Show an exercise: the situation, the contract, where the answer goes."""
    found = curriculum.find(exercise)
    here = workspace.find()
    if output is Format.JSON:
        print_json(_as_json(found))
        return
    typer.echo(f"{question(found)}\n\n{_next(found, here)}")


def _next(exercise: Exercise, here: workspace.Workspace | None) -> str:
    if here is None:
        return "To answer it, make a workspace first: laglead init practice && cd practice"
    path, made = here.begin(exercise)
    shown = workspace.shown(path)
    where = f"Your answer: {shown}" + (" (made from the starter)" if made else "")
    steps = f"Next:  laglead check {exercise.id}\nor:    laglead watch {exercise.id}   a verdict on every save"
    return clean(f"{where}\n{steps}\nStuck: laglead hint {exercise.id}")


def _as_json(exercise: Exercise) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "number": exercise.number,
        "title": exercise.title,
        "track": exercise.track,
        "level": exercise.level,
        "minutes": exercise.minutes,
        "tables": list(exercise.tables),
        "columns": [{"name": c.name, "type": c.type, "meaning": c.meaning} for c in exercise.output],
        "order": [f"{name} desc" if descending else name for name, descending in exercise.order.by],
        "prompt": exercise.prompt,
    }
