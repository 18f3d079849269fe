"""The plan: everything that decides what a log holds, checked when it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from generator.block import SECOND, Window
from generator.errors import PlanError
from generator.mess import kinds

EXTRACTED_AFTER = timedelta(days=3)
STARTS_AT = datetime(2026, 1, 5, tzinfo=UTC)
MOST_USERS = 2_000_000
MOST_WEEKS = 52
_FROM_PROFILE = -(2**31)


@dataclass(frozen=True, slots=True)
class Profile:
    """A named plan: how many users, and by how much the usual rates of mess are multiplied."""

    users: int
    mess_factor: float
    meaning: str


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "practice": Profile(6_000, 1, "the log that exercises are made for"),
        "small": Profile(300, 1, "for tests"),
        "large": Profile(20_000, 1, "for hourly anomalies"),
        "clean": Profile(6_000, 0, "without any mess"),
        "hostile": Profile(6_000, 3, "three times the mess"),
        "wildchat": Profile(100_000, 1, "for comparing with published figures"),
    }
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to generate; PlanError names the first value that is out of range.

    `users` comes from the profile unless given; `mess` overrides the rate of single kinds.
    """

    seed: int = 42
    profile: str = "practice"
    users: int = _FROM_PROFILE
    weeks: int = 16
    starts_at: datetime = STARTS_AT
    mess: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _known("profile", self.profile, PROFILES)
        if self.users == _FROM_PROFILE:
            object.__setattr__(self, "users", PROFILES[self.profile].users)
        _whole("seed", self.seed, 0, 2**63 - 1)
        _whole("users", self.users, 1, MOST_USERS)
        _whole("weeks", self.weeks, 1, MOST_WEEKS)
        if self.starts_at.tzinfo is None:
            raise PlanError("starts_at", self.starts_at, "give it a time zone, such as 2026-01-05T00:00:00+00:00")
        for name, rate in self.mess.items():
            _known("mess kind", name, kinds())
            if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 <= rate <= 1:
                raise PlanError(f"rate of {name}", rate, "give a rate between 0 and 1")

    def rate(self, kind: str) -> float:
        """The rate at which a kind is applied: as given, else the usual rate times the profile's factor."""
        usual = kinds()[kind].rate
        return float(self.mess.get(kind, min(1.0, usual * PROFILES[self.profile].mess_factor)))

    def window(self) -> Window:
        """The time covered, as microseconds since 1970."""
        start = round(self.starts_at.timestamp()) * SECOND
        end = start + self.weeks * 7 * 86_400 * SECOND
        extracted = end + round(EXTRACTED_AFTER.total_seconds()) * SECOND
        return Window(start=start, end=end, extracted=extracted, weeks=self.weeks)

    def described(self) -> dict[str, Any]:
        """The plan as JSON values, with the rate of every kind."""
        return {
            "profile": self.profile,
            "users": self.users,
            "weeks": self.weeks,
            "start": self.starts_at.astimezone(UTC).isoformat(),
            "mess": {name: self.rate(name) for name in sorted(kinds())},
        }


def weeks_between(start: datetime, end: datetime) -> int:
    """How many weeks a log from `start` to `end` has; PlanError unless they are whole weeks and at least one."""
    if end <= start:
        raise PlanError("end", end.isoformat(), f"give a moment after the start, {start.isoformat()}")
    weeks, rest = divmod(end - start, timedelta(weeks=1))
    if rest:
        near = (start + timedelta(weeks=weeks + 1)).date()
        raise PlanError("end", end.isoformat(), f"a log lasts whole weeks: give {near}, or another week's end")
    return weeks


def _whole(name: str, value: object, lowest: int, highest: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise PlanError(name, value, f"give a whole number from {lowest:,} to {highest:,}")


def _known(what: str, name: str, known: Mapping[str, object]) -> None:
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise PlanError(what, name, f"{hint}choose one of {', '.join(sorted(known))}")
