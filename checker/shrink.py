"""The smallest part of some rows on which a test still holds: halving at first, every choice at the end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations, islice, pairwise

from checker.result import Piece

PROVEN_BELOW = 14
BATCH = 600
BATCH_ROWS = 6_000
PLACES = 4
Cut = tuple[Piece, ...]
Test = Callable[[Sequence[Cut]], Sequence[bool]]
Needs = Mapping[Piece, frozenset[Piece]]


def smallest(
    pieces: Cut, needs: Needs, test: Test, *, is_late: Callable[[], bool], fixed: Collection[Piece] = frozenset()
) -> Cut:
    """A smallest part of `pieces` that passes the test; proven smallest when at most 13 rows were left to try.

    A row is never kept without the rows that it needs, and `fixed` rows always stay. `pieces` passes the
    test itself; when it gets late, the smallest part found so far is returned.
    """

    always = tuple(piece for piece in pieces if piece in fixed)
    loose = tuple(piece for piece in pieces if piece not in fixed)
    needed = {piece: others.difference(always) for piece, others in needs.items()}

    def with_fixed(parts: Sequence[Cut]) -> Sequence[bool]:
        return test([always + part for part in parts])

    return always + _smallest(loose, needed, with_fixed, is_late)


def _smallest(pieces: Cut, needs: Needs, test: Test, is_late: Callable[[], bool]) -> Cut:
    current = pieces
    if len(current) >= PROVEN_BELOW:
        current = _first(_windows(current, needs), test, is_late, otherwise=current)
    grain = 2
    while len(current) >= PROVEN_BELOW and grain <= 2 * len(current) and not is_late():
        smaller = _first(_chunks(current, min(grain, len(current)), needs), test, is_late, otherwise=current)
        if smaller == current:
            grain *= 2
        elif 2 * len(smaller) <= len(current):
            grain = 2
        current = smaller
    if len(current) >= PROVEN_BELOW:
        return current
    return _first(_choices(current, needs), test, is_late, otherwise=current)


def _windows(current: Cut, needs: Needs) -> Iterator[Cut]:
    """Neighbouring rows from some places, twice as many each time: one round often leaves a handful."""
    size = 1
    while size < len(current):
        last = len(current) - size
        for start in dict.fromkeys(last * step // (PLACES - 1) for step in range(PLACES)):
            yield _closed(current[start : start + size], current, needs)
        size *= 2


def _chunks(current: Cut, grain: int, needs: Needs) -> Iterator[Cut]:
    """Each of `grain` chunks, then each complement, with what they need; the smaller ones first."""
    bounds = [len(current) * n // grain for n in range(grain + 1)]
    chunks = [current[start:end] for start, end in pairwise(bounds)]
    complements = [current[:start] + current[end:] for start, end in pairwise(bounds)]
    whole = dict.fromkeys(_closed(part, current, needs) for part in (*chunks, *complements))
    yield from sorted((cut for cut in whole if len(cut) < len(current)), key=len)


def _closed(part: Cut, current: Cut, needs: Needs) -> Cut:
    kept = set(part)
    waiting = list(part)
    while waiting:
        more = needs.get(waiting.pop(), frozenset()) - kept
        kept |= more
        waiting += more
    return tuple(piece for piece in current if piece in kept)


def _choices(current: Cut, needs: Needs) -> Iterator[Cut]:
    """Every part that holds what its rows need, by size."""
    for size in range(len(current)):
        for choice in combinations(current, size):
            kept = set(choice)
            if all(needs.get(piece, frozenset()) <= kept for piece in choice):
                yield choice


def _first(cuts: Iterator[Cut], test: Test, is_late: Callable[[], bool], *, otherwise: Cut) -> Cut:
    """The first that passes; many are tried at once."""
    while not is_late() and (batch := _batch(cuts)):
        for cut, passed in zip(batch, test(batch), strict=True):
            if passed:
                return cut
    return otherwise


def _batch(cuts: Iterator[Cut]) -> list[Cut]:
    batch: list[Cut] = []
    rows = 0
    for cut in islice(cuts, BATCH):
        batch.append(cut)
        rows += len(cut)
        if rows > BATCH_ROWS:
            break
    return batch
