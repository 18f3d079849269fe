"""Order and first-of-group over arrays, where the first key nearly always decides."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.lanes import Flags, Whole


def ranked(*keys: NDArray[Any]) -> Whole:
    """The rows in order of the keys; the later ones are looked at only where the earlier ones tie."""
    order = np.argsort(keys[0], kind="stable")
    tied = ~_changes(keys[0][order])
    tied[:-1] |= tied[1:]
    members = order[tied]
    order[tied] = members[np.lexsort([key[members] for key in reversed(keys)])]
    return order


def firsts(group: tuple[NDArray[Any], ...], *by: NDArray[Any]) -> Whole:
    """The first row of each group in the order of `by`, the rows in order of the group."""
    order = ranked(*group, *by)
    new = np.zeros(len(order), dtype=np.bool_)
    for key in group:
        new |= _changes(key[order])
    return order[new]


def places(wanted: NDArray[Any], among: NDArray[Any]) -> Whole:
    """Where each wanted value stands in the sorted array `among`; -1 where it does not."""
    if len(among) == 0:
        return np.full(len(wanted), -1, dtype=np.int64)
    found = np.minimum(np.searchsorted(among, wanted), len(among) - 1)
    return np.where(among[found] == wanted, found, -1)


def numbered(group: NDArray[Any], counted: Flags) -> tuple[Whole, Whole]:
    """For rows that stand in order: each one's number within its group from 1, and how many were `counted` so far."""
    starts = np.flatnonzero(_changes(group))
    lengths = np.diff(np.append(starts, len(group)))
    so_far = np.cumsum(counted)
    before = np.concatenate(([0], so_far))[starts]
    return np.arange(len(group)) - np.repeat(starts, lengths) + 1, so_far - np.repeat(before, lengths)


def _changes(sorted_values: NDArray[Any]) -> Flags:
    """Whether each value differs from the one before; the first one does."""
    found = np.ones(len(sorted_values), dtype=np.bool_)
    found[1:] = sorted_values[1:] != sorted_values[:-1]
    return found
