"""`laglead watch [ID]`: a verdict on every save, and one key for everything else."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Annotated

import typer

from checker.dataset import open_dataset
from checker.exercise import Exercise
from laglead import curriculum, workspace
from laglead.attempt import to_go_on_with
from laglead.errors import Mistake
from laglead.progress import standings
from laglead.terminal import clean

ORDER = 48


def command(
    exercise: Annotated[
        str, typer.Argument(help="An id or a number; where you left off when none is named.", metavar="[ID]")
    ] = "",
) -> None:
    """Judge every save of your answer; one key does the rest."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Mistake("watch needs a terminal: it waits for your keys. Without one: laglead check ID")
    here = workspace.needed()
    open_dataset(here.data)
    found = curriculum.find(exercise) if exercise else to_go_on_with(here)
    if found is None:
        typer.echo("Everything is solved. Name what you want to see again: laglead watch ID")
        return
    _watch(here, found)


def _watch(here: workspace.Workspace, found: Exercise) -> None:
    from laglead.watching.judge import Judge  # noqa: PLC0415 - a terminal is certain now
    from laglead.watching.keyboard import Keyboard  # noqa: PLC0415
    from laglead.watching.screen import Screen  # noqa: PLC0415
    from laglead.watching.session import Session  # noqa: PLC0415

    screen = Screen()
    with closing(Judge()) as judge:
        try:
            with Keyboard() as keyboard:
                Session(here, keyboard, judge, screen).run(found)
        finally:
            where = standings(here.progress, curriculum.exercises())
            solved = sum(one.is_solved for one in where.values())
            screen.leave(clean(f"{solved} of {len(where)} solved. Go on where you left off: laglead watch"))
