"""Pairs what is near each other so that as many as possible have a partner."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

Candidates = Callable[[int], Iterable[int]]
Near = Callable[[int, int], bool]


def paired(mine: Iterable[int], candidates: Candidates, near: Near) -> dict[int, int]:
    """A largest pairing {mine: theirs}, each used once.

    Nearness within a tolerance is not transitive, so the first partner that fits may be the only one of
    another: where one finds none, pairs move along the shortest path that sets a partner free.
    """
    of_mine: dict[int, int] = {}
    of_theirs: dict[int, int] = {}
    for one in mine:
        free, came_from = _reach(one, candidates, near, of_theirs)
        while free is not None:
            taker = came_from[free]
            former = of_mine.get(taker)
            of_theirs[free], of_mine[taker] = taker, free
            free = former
    return of_mine


def _reach(
    start: int, candidates: Candidates, near: Near, of_theirs: dict[int, int]
) -> tuple[int | None, dict[int, int]]:
    """A partner without a pair that `start` can reach over pairs that may move, and who reached whom."""
    came_from: dict[int, int] = {}
    waiting = deque([start])
    while waiting:
        one = waiting.popleft()
        for other in candidates(one):
            if other in came_from or not near(one, other):
                continue
            came_from[other] = one
            if other not in of_theirs:
                return other, came_from
            waiting.append(of_theirs[other])
    return None, came_from
