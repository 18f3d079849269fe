"""`laglead author preview ID`: everything a learner gets to see of an exercise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laglead import curriculum
from laglead.output import Format, FormatOption, print_json
from laglead.terminal import clean, paint

if TYPE_CHECKING:
    from checker.exercise import Exercise

ORDER = 50


def command(
    name: Annotated[str, typer.Argument(help="An id or a folder.", metavar="ID")],
    root: Annotated[Path | None, typer.Option(help="The folder of exercises.")] = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """Show what a learner sees: prompt, decisions, hints, starter, explanation."""
    from checker.exercise import load  # noqa: PLC0415
    from laglead import authoring  # noqa: PLC0415
    from laglead.prose import plain  # noqa: PLC0415

    exercise = load(authoring.folders(root or curriculum.root(), [name])[0])
    parts = list(_parts(exercise))
    if output is Format.JSON:
        print_json({"exercise": exercise.id, "parts": [{"title": title, "text": text} for title, text in parts]})
        return
    for title, text in parts:
        typer.echo(f"{paint(f'── {title} ', 'bold')}\n")
        typer.echo(clean(text).rstrip() if title.endswith(".sql") else plain(text))
        typer.echo("")


def _parts(exercise: Exercise) -> list[tuple[str, str]]:
    head = f"{exercise.number} {exercise.title}, {exercise.level}, {exercise.minutes} minutes, "
    decisions = "\n\n".join(f"**{d.question}**\n{d.answer}" for d in exercise.decisions)
    hints = [
        (f"hint {number}", f"```\n{text}\n```" if "\n" in text else text)
        for number, text in enumerate(exercise.hints, 1)
    ]
    return [
        (head + ", ".join(exercise.tables), exercise.prompt),
        ("starter.sql", exercise.starter.read_text(encoding="utf-8")),
        *([("if asked", decisions)] if decisions else []),
        *hints,
        ("after solving", exercise.explanation.read_text(encoding="utf-8")),
    ]
