"""An exercise as it is asked: its head, the situation and the contract."""

from __future__ import annotations

from checker.exercise import Exercise
from laglead.prose import plain
from laglead.terminal import paint, width, wrapped


def question(exercise: Exercise) -> str:
    """What a learner reads before writing."""
    title = wrapped(f"{exercise.number} {exercise.title}", width())
    facts = wrapped(f"{exercise.level}, {exercise.minutes} minutes, {', '.join(exercise.tables)}", width())
    head = [*(paint(line, "bold") for line in title), *(paint(line, "dim") for line in facts)]
    return "\n".join([*head, "", plain(exercise.prompt)])
