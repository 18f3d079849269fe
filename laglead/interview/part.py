"""The parts of an interview and their shares of the clock.

The agenda is fixed when the interview begins: a part that ends early leaves its time to the next one, and a
part that is not ended by the candidate ends by the clock, whether or not anybody is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum


class Part(Enum):
    """A part: its name in files and events, its title, its minutes of an hour."""

    WARM_UP = ("warm_up", "Warm-up", 8)
    FLAGSHIP = ("flagship", "The question", 27)
    TWIST = ("twist", "The follow-up", 10)
    REVIEW = ("review", "A colleague's query", 10)
    SUMMARY = ("summary", "Two sentences", 5)

    def __init__(self, key: str, title: str, minutes: int) -> None:
        self.key, self.title, self.minutes = key, title, minutes

    @property
    def is_query(self) -> bool:
        """Whether a query is handed in for it."""
        return self in (Part.WARM_UP, Part.FLAGSHIP, Part.TWIST)


PARTS = tuple(Part)
HOUR = sum(part.minutes for part in PARTS)


def part_of(key: str) -> Part:
    """The part of that key; ValueError when there is none."""
    for part in PARTS:
        if part.key == key:
            return part
    raise ValueError(f"there is no part {key!r}")


@dataclass(frozen=True, slots=True)
class Agenda:
    """When which part ends, for an interview of so many minutes."""

    began: datetime
    minutes: int

    def share(self, part: Part) -> timedelta:
        """The part's own share of the clock."""
        return timedelta(minutes=self.minutes) * part.minutes / HOUR

    def begins(self, part: Part) -> datetime:
        """When the part begins if every earlier one takes its share."""
        return self.ends(part) - self.share(part)

    def ends(self, part: Part) -> datetime:
        """When the part ends by the clock."""
        until = PARTS[: PARTS.index(part) + 1]
        return self.began + sum((self.share(one) for one in until), timedelta())

    @property
    def end(self) -> datetime:
        """When the interview ends by the clock."""
        return self.ends(PARTS[-1])


def clock_face(left: timedelta) -> str:
    """Minutes and seconds, as on a clock that runs down: 6:05."""
    seconds = max(0, int(left.total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"
