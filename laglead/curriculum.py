"""Finds the exercises: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from checker import interview_sheet
from checker.exercise import Exercise, discover, folders, load
from laglead.errors import Mistake

PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """The folder of exercises: `laglead/exercises` in a wheel, `exercises` in a checkout."""
    inside = PACKAGE / "exercises"
    return inside if inside.is_dir() else PACKAGE.parent / "exercises"


@cache
def exercises() -> tuple[Exercise, ...]:
    """All exercises in the order in which they are met."""
    return discover(root())


def find(name: str) -> Exercise:
    """The exercise of that id or number, or whose id is the stem of the file `name`; Mistake when there is none."""
    wanted = Path(name).stem if name.endswith(".sql") else name
    if wanted in (known := folders(root())):
        return _one(known[wanted])
    for exercise in exercises():
        if wanted in (exercise.id, exercise.number) or wanted.lower() == exercise.number.lower():
            return exercise
    near = difflib.get_close_matches(wanted, [exercise.id for exercise in exercises()], n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else "See: laglead list"
    raise Mistake(f"There is no exercise '{name}'. {hint}")


@cache
def _one(folder: Path) -> Exercise:
    # Reading all of them takes longer than a check.
    return load(folder)


def others(exercise: Exercise) -> Iterator[Exercise]:
    """The exercises from the next one on and then from the start, each read when it is asked for."""
    known = folders(root())
    names = list(known)
    place = names.index(exercise.id)
    return (_one(known[name]) for name in (*names[place + 1 :], *names[:place]))


def thresholds() -> tuple[str, ...]:
    """Every threshold that an exercise or its follow-up in an interview declares, once, in order of appearance."""
    every = exercises()
    twists = [sheet.twist.exercise for one in every if (sheet := interview_sheet.load(one, every)) and sheet.twist]
    return tuple(dict.fromkeys(text for exercise in (*every, *twists) for text in exercise.thresholds))
