"""The map of tracks: one sign an exercise, so that a learner sees at a glance where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from checker.exercise import Exercise
from laglead.progress import Mark, Standing
from laglead.terminal import cells, pad, paint

SIGNS = {Mark.NEW: "·", Mark.TRIED: "~", Mark.SOLVED: "✓", Mark.CHANGED: "!"}
COLOURS = {Mark.NEW: "dim", Mark.TRIED: "yellow", Mark.SOLVED: "green", Mark.CHANGED: "cyan"}
LEGEND = "✓ solved   ~ tried   · new   ! solved, and changed since"


def sign(mark: Mark) -> str:
    """The sign of a mark, in its colour where colours are wanted."""
    return paint(SIGNS[mark], COLOURS[mark])


def progress_map(
    exercises: Sequence[Exercise], standings: Mapping[str, Standing], current: Exercise | None = None
) -> list[str]:
    """One line a track, then what the signs mean and the sum."""
    tracks = [(name, list(group)) for name, group in groupby(exercises, key=lambda exercise: exercise.track)]
    names = max((cells(name) for name, _ in tracks), default=0)
    longest = max((len(group) for _, group in tracks), default=0)
    lines = [_line(name, group, standings, current, names, longest) for name, group in tracks]
    solved = sum(standings[exercise.id].is_solved for exercise in exercises)
    return [*lines, "", f"{solved} of {len(exercises)} solved   {paint(LEGEND, 'dim')}"]


def _line(
    name: str,
    group: Sequence[Exercise],
    standings: Mapping[str, Standing],
    current: Exercise | None,
    names: int,
    longest: int,
) -> str:
    signs = " ".join(sign(standings[exercise.id].mark) for exercise in group)
    room = " " * (2 * (longest - len(group)))
    solved = sum(standings[exercise.id].is_solved for exercise in group)
    here = "  ◂ you are here" if current is not None and current in group else ""
    return f"  {pad(name.replace('_', ' '), names)}   {signs}{room}   {solved} of {len(group)}{here}"
