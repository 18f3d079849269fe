"""Finds the exercises: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path

from checker.exercise import Exercise, discover
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
    for exercise in exercises():
        if wanted in (exercise.id, exercise.number) or wanted.lower() == exercise.number.lower():
            return exercise
    near = difflib.get_close_matches(wanted, [exercise.id for exercise in exercises()], n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else "See: laglead list"
    raise Mistake(f"There is no exercise '{name}'. {hint}")


def after(exercise: Exercise, solved: frozenset[str]) -> Exercise | None:
    """The next exercise that is not solved, from this one on and then from the start; None when all are."""
    every = exercises()
    place = every.index(exercise)
    return next((e for e in (*every[place + 1 :], *every[:place]) if e.id not in solved), None)


def thresholds() -> tuple[str, ...]:
    """Every threshold that an exercise declares, once, in order of appearance."""
    return tuple(dict.fromkeys(text for exercise in exercises() for text in exercise.thresholds))
