"""`laglead progress`: the map of tracks, and a copy of it to take along."""

from __future__ import annotations

from typing import Any

import typer

from laglead import curriculum, workspace
from laglead.output import Format, FormatOption, print_json
from laglead.progress import Standing, standings, unreadable
from laglead.progress_map import progress_map
from laglead.workspace import Workspace

ORDER = 35


def command(context: typer.Context, output: FormatOption = Format.TEXT) -> None:
    """Show the map of tracks; export or import what you have done."""
    if context.invoked_subcommand is not None:
        return
    here = workspace.needed()
    every = curriculum.exercises()
    where = standings(here.progress, every)
    if output is Format.JSON:
        print_json({"exercises": [_as_json(exercise.id, where[exercise.id]) for exercise in every]})
        return
    typer.echo("\n".join([*progress_map(every, where), *_elsewhere(where), *_damage(here)]))
    typer.echo("\nNext: laglead watch    a copy: laglead progress export FILE")


def _elsewhere(where: dict[str, Standing]) -> list[str]:
    """What was solved on other logs, which counts for itself."""
    solved = {name: sorted(standing.seeds) for name, standing in where.items() if standing.seeds}
    return [f"  {name}: also on seed {', '.join(map(str, seeds))}" for name, seeds in solved.items()]


def _damage(here: Workspace) -> list[str]:
    lines = unreadable(here.progress)
    if not lines:
        return []
    which = ", ".join(map(str, lines[:5])) + (", ..." if len(lines) > 5 else "")
    return [f"{workspace.shown(here.progress)}: {len(lines)} lines cannot be read and do not count (line {which})"]


def _as_json(name: str, where: Standing) -> dict[str, Any]:
    return {
        "id": name,
        "standing": where.mark.value,
        "attempts": where.attempts,
        "hints": where.hints,
        "revealed": where.revealed,
        "seeds": sorted(where.seeds),
    }
