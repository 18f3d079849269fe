"""Incidents in which some users, always the same ones, were answered by a version long replaced."""

from __future__ import annotations

from dataclasses import dataclass

from generator.block import SECOND, Window
from generator.effects import Effect, Planted
from generator.fleet import Fleet

HOUR = 3_600 * SECOND
RATE = 0.3


@dataclass(frozen=True, slots=True)
class Misrouting:
    """One incident: a model's users in a region, over some hours from a hundredth of the log on."""

    model: int
    region: int
    hundredth: int
    hours: int

    def span(self, window: Window) -> tuple[int, int]:
        """When it begins and ends, in microseconds since 1970."""
        begins = window.start + (window.end - window.start) * self.hundredth // 100
        return begins, begins + self.hours * HOUR

    def version(self, models: Fleet) -> int:
        """The code of the version that answered: the model's first."""
        return models.first[self.model]


# heron in the eu, lark-mini in the us: both had been released anew before.
INCIDENTS = (
    Misrouting(model=2, region=1, hundredth=33, hours=60),
    Misrouting(model=0, region=0, hundredth=84, hours=48),
)


def planted(_: Window) -> Planted:
    """The share of users who are misrouted, and the chance that one's next answer is misrouted too."""
    return {"users": RATE, "again": 1.0, "incidents": len(INCIDENTS)}


EFFECT = Effect(
    name="misrouting",
    what="in two incidents three in ten users are answered by an old version, every time",
    hidden_by="requests taken for independent: as many misrouted answers, spread over all users",
    planted=planted,
)
