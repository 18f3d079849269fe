"""One interview as its events tell it: what was planned, where it stands, what is left of the clock.

A session is a folder `interviews/<name>/` of the workspace. `session.jsonl` in it is only ever appended to, so a
crash loses nothing; everything else about a session follows from its lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from laglead import journal
from laglead.interview.event import Event, Kind, from_json
from laglead.interview.part import PARTS, Agenda, Part

FOLDER = "interviews"
FILE = "session.jsonl"
Clock = Callable[[], datetime]
"""Says what time it is, with a time zone."""


@dataclass(frozen=True, slots=True)
class Session:
    """A folder and its events in order; the first says what was planned."""

    folder: Path
    events: tuple[Event, ...] = field(default=())

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def planned(self) -> dict[str, Any]:
        """What the session was begun with."""
        return self.events[0].facts

    @property
    def agenda(self) -> Agenda:
        return Agenda(self.events[0].at, int(self.planned["minutes"]))

    def of(self, kind: Kind, part: Part | None = None) -> tuple[Event, ...]:
        """The events of a kind, of one part or of all."""
        return tuple(event for event in self.events if event.kind is kind and part in (None, event.part))

    def latest(self, kind: Kind, part: Part) -> Event | None:
        """The last event of a kind in a part, None when there is none."""
        found = self.of(kind, part)
        return found[-1] if found else None

    def part_at(self, now: datetime) -> Part | None:
        """The part that is on at a moment; None when the interview is over."""
        left = {event.part for event in self.of(Kind.MOVED_ON)}
        return next((part for part in PARTS if part not in left and now < self.agenda.ends(part)), None)

    def left_at(self, now: datetime) -> timedelta:
        """What is left of the part that is on."""
        part = self.part_at(now)
        return self.agenda.ends(part) - now if part else timedelta()

    def is_over(self, now: datetime) -> bool:
        return self.part_at(now) is None

    def with_event(self, event: Event) -> Session:
        """The session after one more event, which is written before anything believes it."""
        journal.append(self.folder / FILE, [event.as_json()])
        return replace(self, events=(*self.events, event))

    def file(self, part: Part) -> Path:
        """Where the work on a part is written."""
        placed = self.latest(Kind.PLACED, part)
        if placed is not None:
            return Path(str(placed.facts["path"]))
        return self.folder / ("rows.txt" if part is Part.REVIEW else f"{part.key}.sql")


def begin(root: Path, now: datetime, facts: dict[str, Any]) -> Session:
    """A new session in the workspace, named after the moment it began."""
    name = now.strftime("%Y-%m-%d_%H%M")
    number = 1
    while True:
        folder = root / FOLDER / (name if number == 1 else f"{name}_{number}")
        try:
            folder.mkdir(parents=True)
            break
        except FileExistsError:
            number += 1
    return Session(folder).with_event(Event(now, Kind.BEGAN, None, facts))


def read(folder: Path) -> Session | None:
    """The session in a folder; None when there is none, or it was begun by another version."""
    events = tuple(event for line in journal.read(folder / FILE).lines if (event := from_json(line)) is not None)
    return Session(folder, events) if events and events[0].kind is Kind.BEGAN else None


def every(root: Path) -> Iterator[Session]:
    """The sessions of a workspace, the oldest first."""
    for file in sorted((root / FOLDER).glob(f"*/{FILE}")):
        found = read(file.parent)
        if found is not None:
            yield found


def honest(clock: Clock, session: Session) -> datetime:
    """The time, never earlier than the last event: a clock that is set back gives no time back."""
    return max(clock(), session.events[-1].at) if session.events else clock()
