"""Hints open by attempts: one from the start, one more after each attempt, and only when asked for."""

from __future__ import annotations

from dataclasses import dataclass

from checker.exercise import Exercise
from laglead.progress import Event, record, standing
from laglead.prose import plain
from laglead.terminal import paint
from laglead.workspace import Workspace

LEVELS = ("direction", "technique", "skeleton")


@dataclass(frozen=True, slots=True)
class Opened:
    """The hints that are open now, of how many; `more` tells whether another one can be opened at once."""

    hints: tuple[str, ...]
    total: int
    more: bool

    @property
    def is_last(self) -> bool:
        return len(self.hints) == self.total


def open_next(here: Workspace, exercise: Exercise) -> Opened:
    """Open the next hint, if an attempt has earned it, and write that down."""
    where = standing(here.progress, exercise)
    total = len(exercise.hints)
    count = min(total, where.hints + 1, where.attempts + 1)
    if count > where.hints:
        record(here.progress, exercise, Event.HINT, level=count)
    count = max(count, where.hints)
    return Opened(exercise.hints[:count], total, more=count < total and count <= where.attempts)


def as_text(opened: Opened) -> str:
    """The open hints, the newest last."""
    parts = []
    for number, (level, hint) in enumerate(zip(LEVELS, opened.hints, strict=False), start=1):
        parts.append(f"{paint(f'hint {number}/{opened.total}: {level}', 'bold')}\n{plain(hint)}\n")
    return "\n".join(parts)
