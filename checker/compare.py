"""Whether two results are equal bags of rows: digests tell where they differ, rows tell what is left over."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.column_type import ColumnType, Family
from checker.equality import equal
from checker.exercise import Tolerance
from checker.pairing import paired
from checker.result import Digest, ResultRow

Place = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Residue:
    """The rows of each side that have no equal on the other, as indexes."""

    actual: tuple[int, ...]
    expected: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.actual or self.expected)


def differing_parts(actual: Mapping[int, Digest], expected: Mapping[int, Digest]) -> list[int]:
    """The parts whose digests differ; a part without rows has no digest."""
    return sorted(part for part in actual.keys() | expected.keys() if actual.get(part) != expected.get(part))


def residue(
    actual: Sequence[ResultRow], expected: Sequence[ResultRow], types: Sequence[ColumnType], tolerance: Tolerance
) -> Residue:
    """What is left of two bags of rows after as many as possible are paired with an equal one."""
    left_actual, left_expected = _cancelled(actual, expected)
    loose = [number for number, kind in enumerate(types) if kind.is_loose]
    if not loose:
        return Residue(tuple(sorted(left_actual)), tuple(sorted(left_expected)))
    mine, theirs = _grouped(actual, left_actual, loose), _grouped(expected, left_expected, loose)

    def near(a: int, e: int) -> bool:
        return all(equal(actual[a].keys[n], expected[e].keys[n], types[n], tolerance) for n in loose)

    pairs: dict[int, int] = {}
    for exact, group in mine.items():
        if exact in theirs:
            nearby = _nearby(actual, expected, theirs[exact], _first_float(types), tolerance)
            pairs |= paired(group, nearby, near)
    taken = set(pairs.values())
    return Residue(
        tuple(sorted(a for a in left_actual if a not in pairs)),
        tuple(sorted(e for e in left_expected if e not in taken)),
    )


def _cancelled(actual: Sequence[ResultRow], expected: Sequence[ResultRow]) -> tuple[list[int], list[int]]:
    """The rows that are left after rows with the same keys have taken each other away."""
    waiting: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(expected):
        waiting[row.world, row.keys].append(index)
    left = []
    for index, row in enumerate(actual):
        same = waiting.get((row.world, row.keys))
        if same:
            same.pop()
        else:
            left.append(index)
    return left, [index for indexes in waiting.values() for index in indexes]


def _grouped(
    rows: Sequence[ResultRow], indexes: Iterable[int], loose: Sequence[int]
) -> dict[tuple[Any, ...], list[int]]:
    groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for index in indexes:
        row = rows[index]
        groups[(row.world, *(key for number, key in enumerate(row.keys) if number not in loose))].append(index)
    return groups


def _first_float(types: Sequence[ColumnType]) -> int | None:
    return next((number for number, kind in enumerate(types) if kind.family is Family.FLOAT), None)


def _nearby(
    actual: Sequence[ResultRow],
    expected: Sequence[ResultRow],
    group: Sequence[int],
    column: int | None,
    tolerance: Tolerance,
) -> Callable[[int], Iterable[int]]:
    """Which rows of `group` can be near a row at all: those whose first float lies close enough."""
    if column is None:
        return lambda _: group
    placed = sorted((_place(expected[index].keys[column]), index) for index in group)
    places = [place for place, _ in placed]

    def candidates(index: int) -> list[int]:
        kind, value = _place(actual[index].keys[column])
        reach = 2 * (tolerance.absolute + tolerance.relative * abs(value)) if math.isfinite(value) else 0.0
        first, last = bisect_left(places, (kind, value - reach)), bisect_right(places, (kind, value + reach))
        return [index for _, index in placed[first:last]]

    return candidates


def _place(key: str | None) -> Place:
    """NULL, numbers and NaN in an order in which Python can search."""
    if key is None:
        return 0, 0.0
    try:
        value = float(key)
    except ValueError:
        return 3, 0.0
    return (2, 0.0) if math.isnan(value) else (1, value)


def marks(
    actual: Sequence[ResultRow],
    expected: Sequence[ResultRow],
    left: Residue,
    types: Sequence[ColumnType],
    tolerance: Tolerance,
) -> tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]], list[tuple[int, int, tuple[int, ...]]]]:
    """The cells that differ on either side, and the pairs of rows (actual, expected, columns) they come from.

    A row is paired with the one that shares most cells, at least half; a row without such a partner is
    marked whole.
    """
    width = len(types)
    free = list(left.expected)
    pairs: list[tuple[int, int, tuple[int, ...]]] = []
    alone: list[int] = []
    for index in left.actual:
        best = min(
            ((_unequal(actual[index], expected[e], types, tolerance), e) for e in free),
            default=None,
            key=lambda found: len(found[0]),
        )
        if best is None or len(best[0]) > width // 2:
            alone.append(index)
        else:
            pairs.append((index, best[1], best[0]))
            free.remove(best[1])
    mine = {(a, column) for a, _, columns in pairs for column in columns} | {
        (a, c) for a in alone for c in range(width)
    }
    theirs = {(e, column) for _, e, columns in pairs for column in columns} | {
        (e, c) for e in free for c in range(width)
    }
    return frozenset(mine), frozenset(theirs), pairs


def _unequal(
    actual: ResultRow, expected: ResultRow, types: Sequence[ColumnType], tolerance: Tolerance
) -> tuple[int, ...]:
    return tuple(n for n, kind in enumerate(types) if not equal(actual.keys[n], expected.keys[n], kind, tolerance))
