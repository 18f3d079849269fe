"""Moods: what kind of trouble a world looks for, because uniform noise seldom meets two rare things at once."""

from __future__ import annotations

from dataclasses import dataclass

from generator.seed import Stream


@dataclass(frozen=True, slots=True)
class Mood:
    """One kind of trouble; `fewest` and `most` are rows of a table, the rest percentages.

    A nullable column draws its null rate from `nulls`, so that in one world some columns are wholly
    NULL and others wholly filled. `absent` tables are empty.
    """

    name: str
    weight: int
    fewest: int
    most: int
    nulls: tuple[int, ...] = (0, 0, 0, 20)
    absent: int = 4
    tie: int = 8
    edge: int = 15
    backwards: int = 3
    repeat: int = 10


MOODS = (
    Mood("clean", 10, 2, 8, nulls=(0,), absent=0, tie=0, backwards=0, repeat=0),
    Mood("ties", 16, 3, 9, tie=55, edge=10),
    Mood("nulls", 18, 2, 9, nulls=(0, 25, 50, 75, 100)),
    Mood("edges", 22, 3, 10, nulls=(0, 0, 0, 0, 15), edge=65, tie=10),
    Mood("repeats", 14, 3, 10, repeat=60, tie=25),
    Mood("clocks", 6, 3, 9, backwards=35, tie=15),
    Mood("sparse", 8, 0, 2, nulls=(0, 0, 30), absent=25),
    Mood("bare", 3, 0, 1, absent=70),
    Mood("crowded", 13, 7, 12, nulls=(0, 0, 15, 35), edge=35, tie=20, repeat=25, backwards=8),
)
_WEIGHTED = tuple(mood for mood in MOODS for _ in range(mood.weight))


def draw_mood(stream: Stream) -> Mood:
    """One mood, by weight."""
    return stream.pick(_WEIGHTED)
