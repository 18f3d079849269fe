"""What is left of two results, read page by page: only rows whose digests differ ever leave a child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from checker.column_type import ColumnType
from checker.compare import residue
from checker.exercise import Tolerance
from checker.result import ResultRow

MOST_HASHES = 5_000
BATCH_ROWS = 5_000
Tally = dict[tuple[int, int], int]


class Side(Protocol):
    """A child that holds a result by parts."""

    def tally(self, source: str, parts: Sequence[int], *, first: int = 0) -> tuple[Tally, bool]: ...

    def rows(
        self, source: str, parts: Sequence[int], *, first: int = 0, hashes: Sequence[int] | None = None
    ) -> tuple[list[ResultRow], bool]: ...


@dataclass(frozen=True, slots=True)
class Leftover:
    """The rows of each side that have no equal on the other."""

    actual: tuple[ResultRow, ...]
    expected: tuple[ResultRow, ...]

    def __bool__(self) -> bool:
        return bool(self.actual or self.expected)

    @property
    def worlds(self) -> set[int]:
        return {row.world for row in (*self.actual, *self.expected)}


def left_over(
    mine: Side,
    theirs: Side,
    source: str,
    parts: Sequence[int],
    *,
    types: Sequence[ColumnType],
    tolerance: Tolerance,
) -> Leftover:
    """What is left of these parts after every row is paired with an equal one."""
    here, there = whole_tally(mine, source, parts), whole_tally(theirs, source, parts)
    hashes = sorted(
        {row for part, row in here.keys() | there.keys() if here.get((part, row)) != there.get((part, row))}
    )
    actual = list(_rows(mine, source, parts, hashes))
    expected = list(_rows(theirs, source, parts, hashes))
    left = residue(actual, expected, types, tolerance)
    return Leftover(tuple(actual[i] for i in left.actual), tuple(expected[i] for i in left.expected))


def batches(parts: Iterable[int], sizes: dict[int, int]) -> Iterator[list[int]]:
    """The parts together as long as they have few rows."""
    batch: list[int] = []
    size = 0
    for part in parts:
        if batch and size + sizes.get(part, 0) > BATCH_ROWS:
            yield batch
            batch, size = [], 0
        batch.append(part)
        size += sizes.get(part, 0)
    if batch:
        yield batch


def whole_tally(side: Side, source: str, parts: Sequence[int]) -> Tally:
    found: Tally = {}
    more = True
    while more:
        page, more = side.tally(source, parts, first=len(found))
        found |= page
        more = more and bool(page)
    return found


def _rows(side: Side, source: str, parts: Sequence[int], hashes: Sequence[int]) -> Iterator[ResultRow]:
    for start in range(0, len(hashes), MOST_HASHES):
        yield from all_rows(side, source, parts, hashes[start : start + MOST_HASHES])


def all_rows(side: Side, source: str, parts: Sequence[int], hashes: Sequence[int] | None = None) -> list[ResultRow]:
    """All rows of some parts, or those with these hashes."""
    found: list[ResultRow] = []
    more = True
    while more:
        page, more = side.rows(source, parts, first=len(found), hashes=hashes)
        found += page
        more = more and bool(page)
    return found
