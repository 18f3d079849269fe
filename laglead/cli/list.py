"""`laglead list`: the exercises by track, and where the learner stands."""

from __future__ import annotations

import difflib
from itertools import groupby
from typing import Annotated, Any

import typer

from checker.exercise import Exercise
from laglead import curriculum, workspace
from laglead.errors import Mistake
from laglead.output import Format, FormatOption, print_json
from laglead.progress import Standing, standings
from laglead.progress_map import LEGEND, sign
from laglead.terminal import pad, paint

ORDER = 30


def command(
    track: Annotated[str, typer.Option(help="Only this track.")] = "",
    output: FormatOption = Format.TEXT,
) -> None:
    """List the exercises by track: solved, tried, new."""
    here = workspace.find()
    chosen = _of_track(track)
    where = standings(here.progress, chosen) if here else {e.id: Standing() for e in chosen}
    if output is Format.JSON:
        print_json({"exercises": [_as_json(e, where[e.id]) for e in chosen]})
        return
    for name, group in groupby(chosen, key=lambda e: e.track):
        typer.echo(paint(name.replace("_", " "), "bold"))
        for exercise in group:
            typer.echo(_line(exercise, where[exercise.id]))
    solved = sum(one.is_solved for one in where.values())
    typer.echo(f"\n{solved} of {len(chosen)} solved   {paint(LEGEND, 'dim')}")
    typer.echo("Next: laglead show ID (or its number), laglead watch ID")


def _of_track(track: str) -> tuple[Exercise, ...]:
    every = curriculum.exercises()
    names = list(dict.fromkeys(e.track for e in every))
    wanted = track.replace(" ", "_")
    if track and wanted not in names:
        near = difflib.get_close_matches(wanted, names, n=1)
        raise Mistake(f"There is no track '{track}'. " + (f"Did you mean {near[0]}?" if near else f"Tracks: {names}"))
    return tuple(e for e in every if not track or e.track == wanted)


def _line(exercise: Exercise, where: Standing) -> str:
    name = f"{exercise.number:>3}  {pad(exercise.id, 32)}"
    return f"  {sign(where.mark)} {name} {pad(exercise.level, 7)}{exercise.minutes:>3} min"


def _as_json(exercise: Exercise, where: Standing) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "number": exercise.number,
        "title": exercise.title,
        "track": exercise.track,
        "level": exercise.level,
        "minutes": exercise.minutes,
        "tables": list(exercise.tables),
        "standing": where.mark.value,
        "attempts": where.attempts,
    }
