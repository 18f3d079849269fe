"""Keyed randomness: every value is a pure function of the names that lead to it.

A key is a 64-bit integer, mixed by splitmix64 from a seed and a path of names or numbers, so that
no value depends on how the work is cut into blocks, and a new name moves no other's values.
Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
Item = TypeVar("Item")


def mix(value: int) -> int:
    """splitmix64's finaliser: a bijection of 64-bit integers."""
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB & MASK
    return value ^ (value >> 31)


def key(seed: int, *path: str | int) -> int:
    """The 64-bit key at the end of `path`; texts are folded in byte by byte."""
    state = mix((seed + GOLDEN) & MASK)
    for step in path:
        if isinstance(step, str):
            for byte in step.encode():
                state = mix((state ^ byte) + GOLDEN & MASK)
            state = mix((state ^ 0x100) + GOLDEN & MASK)
        else:
            state = mix((state ^ (step & MASK)) + GOLDEN & MASK)
    return state


class Stream:
    """A sequence of draws from one key, for the small tables; the log's arrays use keys directly."""

    __slots__ = ("_state",)

    def __init__(self, seed: int, *path: str | int) -> None:
        self._state = key(seed, *path)

    def below(self, bound: int) -> int:
        """A whole number in 0 .. bound - 1."""
        self._state = value = (self._state + GOLDEN) & MASK
        # mix(), written out: worlds draw millions of times, and a call costs as much as the arithmetic.
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & MASK
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB & MASK
        return ((value ^ (value >> 31)) * bound) >> 64

    def chance(self, percent: int) -> bool:
        """True in `percent` of 100 draws."""
        return self.below(100) < percent

    def pick(self, items: Sequence[Item]) -> Item:
        """One of `items`, each as likely."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """All of `items` in a drawn order."""
        rest = list(items)
        for last in range(len(rest) - 1, 0, -1):
            other = self.below(last + 1)
            rest[last], rest[other] = rest[other], rest[last]
        return rest
