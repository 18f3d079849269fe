"""The experiments: who is in which arm, by the key of the unit that was randomised."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from generator import lanes
from generator.block import Window
from generator.lanes import Keys, Whole
from generator.vocabulary import read


@dataclass(frozen=True, slots=True)
class Trial:
    """One experiment: `versions` are codes of the fleet, one an arm; `starts` and `ends` hundredths of the log."""

    id: str
    names: tuple[str, ...]
    shares: tuple[int, ...]
    versions: tuple[int, ...]
    starts: int
    ends: int

    def units(self, keys: Keys) -> Keys:
        """The keys of units within this experiment."""
        return lanes.child(keys ^ lanes.lane(self.id), np.zeros(len(keys), dtype=np.int64))

    def arms(self, keys: Keys) -> Whole:
        """The arm that each unit was assigned to."""
        return lanes.choose(self.units(keys), "exposure/arm", self.shares)

    def span(self, window: Window) -> tuple[int, int]:
        """When it begins and ends, in microseconds since 1970."""
        length = window.end - window.start
        return window.start + length * self.starts // 100, window.start + length * self.ends // 100


@cache
def trial(name: str) -> Trial:
    """The experiment of that name; KeyError when there is none."""
    for raw in read("experiments")["experiment"]:
        if raw["id"] == name:
            return Trial(
                id=name,
                names=tuple(arm["name"] for arm in raw["arms"]),
                shares=tuple(round(arm["share"] * 100) for arm in raw["arms"]),
                versions=tuple(_version(arm["version"]) for arm in raw["arms"]),
                starts=raw["from"],
                ends=raw.get("to", 100),
            )
    raise KeyError(name)


def _version(name: str) -> int:
    versions = [version for model in read("models")["model"] for version in model["versions"]]
    return versions.index(name)
