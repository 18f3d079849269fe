"""What a learner has done, one JSON line per event, only ever appended to.

Lines are keyed by the exercise's permanent id and content hash: an update of an exercise loses nothing.
Where a learner stands does not depend on the order of the lines, so that files can be merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from checker.exercise import Exercise
from laglead import journal
from laglead.journal import Line


class Event(Enum):
    """What can happen to an exercise."""

    ATTEMPT = "attempt"
    HINT = "hint"
    REVEAL = "reveal"
    RESET = "reset"


class Mark(Enum):
    """Where a learner stands with an exercise."""

    NEW = "new"
    TRIED = "tried"
    SOLVED = "solved"
    CHANGED = "changed since you solved it"


@dataclass(frozen=True, slots=True)
class Standing:
    """One exercise's history in short; `seeds` are the other logs on which it was solved."""

    mark: Mark = Mark.NEW
    attempts: int = 0
    hints: int = 0
    revealed: bool = False
    seeds: frozenset[int] = field(default_factory=frozenset)
    last_at: str = field(default="", compare=False)

    @property
    def is_solved(self) -> bool:
        """Whether it was ever solved, also as it was before it changed."""
        return self.mark in (Mark.SOLVED, Mark.CHANGED)


def record(file: Path, exercise: Exercise, event: Event, **facts: Any) -> None:
    """Append one event; the file is made when it is missing."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "exercise": exercise.id,
        "content": exercise.content_hash()[:16],
        "event": event.value,
        **facts,
    }
    journal.append(file, [line])


def unreadable(file: Path) -> tuple[int, ...]:
    """The 1-based numbers of lines that count for nothing, because no program can read them."""
    return journal.read(file).unreadable


def is_event(line: Line) -> bool:
    """Whether a line says what happened to which exercise when."""
    texts = all(isinstance(line.get(key), str) for key in ("at", "exercise", "content"))
    return texts and line.get("event") in {event.value for event in Event}


def named(file: Path) -> frozenset[str]:
    """The ids of the exercises with which something happened."""
    return frozenset(str(line.get("exercise")) for line in journal.read(file).lines)


def standing(file: Path, exercise: Exercise) -> Standing:
    """Where the learner stands with `exercise`."""
    return standings(file, [exercise])[exercise.id]


def standings(file: Path, exercises: Sequence[Exercise]) -> dict[str, Standing]:
    """Where the learner stands with each of the exercises, by id."""
    events: dict[str, list[Line]] = {exercise.id: [] for exercise in exercises}
    for line in journal.read(file).lines:
        if line.get("exercise") in events:
            events[line["exercise"]].append(line)
    return {exercise.id: _standing(exercise, events[exercise.id]) for exercise in exercises}


def _standing(exercise: Exercise, lines: Iterable[Line]) -> Standing:
    by_event: dict[Any, list[Line]] = {event.value: [] for event in Event}
    for line in lines:
        by_event.get(line.get("event"), []).append(line)
    attempts = [line for line in by_event["attempt"] if "seed" not in line]
    elsewhere = [line for line in by_event["attempt"] if "seed" in line]
    return Standing(
        mark=_mark(attempts, exercise),
        attempts=len({_text(line, number) for number, line in enumerate(attempts)}),
        hints=max((_level(line) for line in by_event["hint"]), default=0),
        revealed=bool(by_event["reveal"]),
        seeds=frozenset(line["seed"] for line in elsewhere if _passed(line) and isinstance(line["seed"], int)),
        last_at=max((str(line.get("at", "")) for line in attempts), default=""),
    )


def _mark(attempts: Sequence[Line], exercise: Exercise) -> Mark:
    passed = [line for line in attempts if _passed(line)]
    if not passed:
        return Mark.TRIED if attempts else Mark.NEW
    content = exercise.content_hash()[:16]
    return Mark.SOLVED if any(line.get("content") == content for line in passed) else Mark.CHANGED


def _passed(line: Line) -> bool:
    return bool(line.get("verdict") == "passed")


def _text(line: Line, number: int) -> Any:
    """The same text again is no other attempt; lines of earlier versions do not say which text it was."""
    return line.get("answer") or number


def _level(line: Line) -> int:
    level = line.get("level", 1)
    return level if isinstance(level, int) else 1
