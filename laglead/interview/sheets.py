"""The sheets of all exercises that may be asked in an interview."""

from __future__ import annotations

from functools import cache

from checker.interview_sheet import Sheet, load
from laglead import curriculum


@cache
def sheets() -> tuple[Sheet, ...]:
    """In the order of the exercises; ExerciseError for a broken one."""
    every = curriculum.exercises()
    return tuple(sheet for exercise in every if (sheet := load(exercise, every)) is not None)
