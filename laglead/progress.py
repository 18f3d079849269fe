"""What a learner has done, one JSON line per event, only ever appended to.

Lines are keyed by the exercise's permanent id and content hash. One write per line with O_APPEND
keeps concurrent processes apart; a line that a kill cut short is skipped when reading.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from checker.exercise import Exercise


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
    """One exercise's history in short."""

    mark: Mark = Mark.NEW
    attempts: int = 0
    hints: int = 0
    revealed: bool = False


def record(file: Path, exercise: Exercise, event: Event, **facts: Any) -> None:
    """Append one event; the file is made when it is missing."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "exercise": exercise.id,
        "content": exercise.content_hash()[:16],
        "event": event.value,
        **facts,
    }
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        # The leading newline closes a line that an earlier kill left open; readers skip empty lines.
        os.write(descriptor, ("\n" if _is_cut(file) else "").encode() + json.dumps(line).encode() + b"\n")
    finally:
        os.close(descriptor)


def _is_cut(file: Path) -> bool:
    with file.open("rb") as stream:
        stream.seek(0, os.SEEK_END)
        if stream.tell() == 0:
            return False
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) != b"\n"


def standing(file: Path, exercise: Exercise) -> Standing:
    """Where the learner stands with `exercise`."""
    content = exercise.content_hash()[:16]
    attempts = hints = 0
    revealed = False
    mark = Mark.NEW
    for line in _lines(file):
        if line.get("exercise") != exercise.id:
            continue
        match line.get("event"):
            case Event.ATTEMPT.value:
                attempts += 1
                mark = _after_attempt(mark, line, content)
            case Event.HINT.value:
                hints += 1
            case Event.REVEAL.value:
                revealed = True
    return Standing(mark, attempts, hints, revealed)


def _after_attempt(mark: Mark, line: dict[str, Any], content: str) -> Mark:
    if line.get("verdict") == "passed":
        return Mark.SOLVED if line.get("content") == content else Mark.CHANGED
    return mark if mark is not Mark.NEW else Mark.TRIED


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        try:
            found = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(found, dict):
            yield found
