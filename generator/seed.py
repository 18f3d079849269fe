"""Keyed randomness: every value is a pure function of the names that lead to it.

A key is a 64-bit integer, mixed by splitmix64 from a seed and a path of names or numbers, so that
no value depends on how the work is cut into blocks, and a new name moves no other's values.
Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
SINGLE_DRAWS, MANY_DRAWS = 16, 128
Item = TypeVar("Item")
_STEPS = np.arange(1, MANY_DRAWS + 1, dtype=np.uint64) * np.uint64(GOLDEN)
_S27, _S30, _S31 = np.uint64(27), np.uint64(30), np.uint64(31)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def mix(value: int) -> int:
    """splitmix64's finaliser: a bijection of 64-bit integers."""
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB & MASK
    return value ^ (value >> 31)


def key(seed: int, *path: str | int) -> int:
    """The 64-bit key at the end of `path`; texts are folded in byte by byte."""
    state = mix((seed + GOLDEN) & MASK)
    for step in path:
        state = _stepped(state, step)
    return state


@lru_cache(maxsize=4096)
def _stepped(state: int, step: str | int) -> int:
    """The key one step further; streams of one place share all steps but the last."""
    if isinstance(step, int):
        return mix((state ^ (step & MASK)) + GOLDEN & MASK)
    for byte in step.encode():
        state = mix((state ^ byte) + GOLDEN & MASK)
    return mix((state ^ 0x100) + GOLDEN & MASK)


class Stream:
    """A sequence of draws from one key, for the small tables; the log's arrays use keys directly.

    The n-th draw is `mix(key + n * GOLDEN)`, so that they can be made many at a time: worlds draw millions of times.
    """

    __slots__ = ("_next",)

    def __init__(self, seed: int, *path: str | int) -> None:
        self._next = _draws(key(seed, *path)).__next__

    def below(self, bound: int) -> int:
        """A whole number in 0 .. bound - 1."""
        return self._next() * bound >> 64

    def chance(self, percent: int) -> bool:
        """True in `percent` of 100 draws."""
        return self._next() * 100 >> 64 < percent

    def pick(self, items: Sequence[Item]) -> Item:
        """One of `items`, each as likely."""
        return items[self._next() * len(items) >> 64]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """All of `items` in a drawn order."""
        rest = list(items)
        for last in range(len(rest) - 1, 0, -1):
            other = self._next() * (last + 1) >> 64
            rest[last], rest[other] = rest[other], rest[last]
        return rest


def _draws(state: int) -> Iterator[int]:
    """The draws after a state: a few one by one, then many at a time, because most streams are short."""
    for _ in range(SINGLE_DRAWS):
        state = (state + GOLDEN) & MASK
        yield mix(state)
    while True:
        values = np.uint64(state) + _STEPS
        values = (values ^ (values >> _S30)) * _FIRST
        values = (values ^ (values >> _S27)) * _SECOND
        yield from (values ^ (values >> _S31)).tolist()
        state = (state + MANY_DRAWS * GOLDEN) & MASK
