"""An exercise as it is asked: its head, the situation and the contract."""

from __future__ import annotations

from checker.exercise import Exercise
from laglead.prose import plain
from laglead.terminal import paint, width, wrapped


def question(exercise: Exercise) -> str:
    """What a learner reads before writing."""
    title = wrapped(f"{exercise.number} {exercise.title}", width())
    tables = f"{'table' if len(exercise.tables) == 1 else 'tables'} {', '.join(exercise.tables)}"
    facts = f"{exercise.level}, {exercise.minutes} minutes, {tables} (laglead data {exercise.tables[0]})"
    head = [*(paint(line, "bold") for line in title), *(paint(line, "dim") for line in wrapped(facts, width()))]
    free = [paint(line, "dim") for line in wrapped(_what_is_free(exercise), width())]
    return "\n".join([*head, "", plain(exercise.prompt), "", *free])


def _what_is_free(exercise: Exercise) -> str:
    """What an answer may do as it likes: nobody should have to guess it."""
    if not exercise.order.by:
        return "Rows and columns may come in any order; equal numbers of any type are equal."
    keys = ", ".join(f"{name} descending" if falling else name for name, falling in exercise.order.by)
    return f"Rows in the order of {keys}, ties in any order; columns in any order; equal numbers of any type are equal."
