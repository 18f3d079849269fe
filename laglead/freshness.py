"""Whether the log in place is as new as the exercise: it must hold its tables and its tiny databases."""

from __future__ import annotations

from checker.dataset import Dataset
from checker.exercise import Exercise
from laglead.errors import Mistake


def ensure(exercise: Exercise, data: Dataset) -> None:
    """Mistake where the log was made before the exercise, so that a verdict would rest on too little."""
    tables = [name for name in exercise.tables if name not in data.catalog.tables]
    limits = [name for name in ("base", *exercise.thresholds) if name not in data.catalog.world_blocks]
    if tables or limits:
        what = f"the table {tables[0]}" if tables else f"the worlds about '{limits[0]}'"
        raise Mistake(f"The log in place is older than {exercise.id}: it lacks {what}. Make it anew: laglead generate")
