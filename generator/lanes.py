"""Keyed randomness for arrays: every value is a pure function of its row's key and its column's name.

A key is a 64-bit integer on the chain seed -> user -> conversation -> exchange -> message; a lane is
the name of what is drawn. No value depends on how the work is cut into blocks, and a new lane moves
no other's values. Draws compare and interpolate integers only: no float decides a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator import seed as chain
from generator.vocabulary import quantile_table

Keys = NDArray[np.uint64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

_GOLDEN = np.uint64(chain.GOLDEN)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_CELLS = 1024


def mix(values: Keys) -> Keys:
    """splitmix64's finaliser over an array."""
    values = (values ^ (values >> np.uint64(30))) * _FIRST
    values = (values ^ (values >> np.uint64(27))) * _SECOND
    return values ^ (values >> np.uint64(31))


@cache
def lane(name: str) -> np.uint64:
    """The 64-bit number of a lane."""
    return np.uint64(chain.key(0, "lane", name))


def child(keys: Keys, ordinals: NDArray[np.integer]) -> Keys:
    """The keys of the children with these ordinals."""
    return mix(keys + (ordinals.astype(np.uint64) + np.uint64(1)) * _GOLDEN)


def bits(keys: Keys, name: str) -> Keys:
    """64 random bits a key in the lane `name`."""
    return mix((keys ^ lane(name)) + _GOLDEN)


def below(keys: Keys, name: str, bound: int | NDArray[np.integer]) -> Whole:
    """Whole numbers in 0 .. bound - 1 (bound below 2**31); 0 where the bound is 0."""
    scaled = (bits(keys, name) >> np.uint64(33)) * np.asarray(bound).astype(np.uint64)
    return (scaled >> np.uint64(31)).astype(np.int64)


def chance(keys: Keys, name: str, rate: float | NDArray[np.float64]) -> Flags:
    """True at `rate` (0 to 1): a comparison of integers."""
    limit = (np.asarray(rate) * 2.0**53).astype(np.uint64)
    return np.asarray((bits(keys, name) >> np.uint64(11)) < limit)


def choose(keys: Keys, name: str, weights: Sequence[int]) -> Whole:
    """The index of a choice, drawn with these whole weights."""
    edges = np.cumsum(np.asarray(weights, dtype=np.int64))
    return np.searchsorted(edges, below(keys, name, int(edges[-1])), side="right").astype(np.int64)


def quantile(keys: Keys, name: str, table: str) -> Whole:
    """Draws from a committed inverse distribution function, interpolated between its knots."""
    knots = quantile_table(table)
    drawn = bits(keys, name)
    cell = (drawn >> np.uint64(54)).astype(np.int64)
    deep = (drawn >> np.uint64(44) & np.uint64(_CELLS - 1)).astype(np.int64)
    place = np.where(cell == _CELLS - 1, _CELLS + 1 + deep, cell)
    fraction = (drawn >> np.uint64(24) & np.uint64(0xFFFFF)).astype(np.int64)
    found: Whole = knots[place] + ((knots[place + 1] - knots[place]) * fraction >> 20)
    return found


def running(values: Whole, firsts: NDArray[np.integer], group: NDArray[np.integer]) -> Whole:
    """The running sum of `values` within each group; `firsts` holds the first row of each group."""
    total = np.cumsum(values)
    before = np.concatenate(([0], total))[firsts]
    found: Whole = total - before[group]
    return found
