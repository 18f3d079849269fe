"""What happens in an interview: one line of JSON each, with the time by the wall clock and the part."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from laglead.interview.part import Part, part_of


class Kind(Enum):
    """What can happen."""

    BEGAN = "began"
    RESUMED = "resumed"
    ENTERED = "entered"
    ASKED = "asked"
    ASSUMED = "assumed"
    EXPLORED = "explored"
    PLACED = "placed"
    SUBMITTED = "submitted"
    SUMMARISED = "summarised"
    MOVED_ON = "moved on"
    LEFT = "left"
    JUDGED = "judged"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `part` is None for those of the whole interview, `facts` are ready for JSON."""

    at: datetime
    kind: Kind
    part: Part | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The line in the file."""
        head = {"at": self.at.isoformat(timespec="milliseconds"), "event": self.kind.value}
        return head | ({"part": self.part.key} if self.part else {}) | self.facts


def from_json(line: dict[str, Any]) -> Event | None:
    """The event of a line; None for a line of another version."""
    facts = {key: value for key, value in line.items() if key not in ("at", "event", "part")}
    try:
        part = part_of(line["part"]) if "part" in line else None
        return Event(datetime.fromisoformat(line["at"]), Kind(line["event"]), part, facts)
    except (KeyError, ValueError, TypeError):
        return None
