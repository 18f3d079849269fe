"""Groups answers to one exercise that are so alike that a teacher may want to read them side by side.

Similar is not proof of copying: an exercise with one natural answer gets it from many. So what the starter
holds, and what more than half of a class writes, is taken out first; what is left must be enough to tell
one hand from another, and alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from checker.catalog import Catalog
from checker.exercise import Exercise
from checker.shape_child import Shape, shapes
from laglead.grading.roster import Submission

# The share of shingles that two answers have in common, as whole texts and in what is their own.
THRESHOLD = 0.8
# Fewer shingles of one's own than this tell nothing.
LEAST_OWN = 12
# From so many answers on, what more than half of them hold is common knowledge.
LEAST_CLASS = 6
NOTE = "similar, not proof of copying"


@dataclass(frozen=True, slots=True)
class Group:
    """Learners in order of their names; it is called after the first. `least` is the weakest link between two."""

    exercise: str
    learners: tuple[str, ...]
    least: float

    @property
    def name(self) -> str:
        """What the group is called."""
        return self.learners[0]


def groups(texts: Mapping[Submission, str], catalog: Catalog) -> tuple[Group, ...]:
    """The groups of every exercise, in the order of exercises and of learners."""
    by_exercise: dict[str, list[Submission]] = {}
    for submission in texts:
        by_exercise.setdefault(submission.exercise.id, []).append(submission)
    return tuple(
        group
        for submissions in by_exercise.values()
        if len(submissions) > 1
        for group in _groups(submissions, [texts[one] for one in submissions], catalog)
    )


def _groups(submissions: Sequence[Submission], texts: Sequence[str], catalog: Catalog) -> list[Group]:
    exercise = submissions[0].exercise
    starter = exercise.starter.read_text(encoding="utf-8-sig") if exercise.starter.is_file() else ""
    different = list(dict.fromkeys(texts))
    begun, *taken = shapes([starter, *different], _known(exercise, catalog))
    shape = dict(zip(different, taken, strict=True))
    whole = [shape[text] for text in texts]
    own = [found - begun - common(whole) for found in whole]
    links = _links(whole, own)
    return [
        Group(exercise.id, tuple(submissions[place].learner for place in places), _weakest(places, links))
        for places in _connected(len(texts), links)
    ]


def _known(exercise: Exercise, catalog: Catalog) -> list[str]:
    """The names that a learner does not choose."""
    names = {column.name for column in exercise.output}
    for table in catalog.tables.values():
        names |= {table.name, *(column.name for column in table.columns)}
    return sorted(name.lower() for name in names)


def common(whole: Sequence[Shape]) -> Shape:
    """The shingles that more than half of the answers hold; none in a small class."""
    if len(whole) < LEAST_CLASS:
        return frozenset()
    counts = Counter(shingle for shape in whole for shingle in shape)
    return frozenset(shingle for shingle, count in counts.items() if 2 * count > len(whole))


def _links(whole: Sequence[Shape], own: Sequence[Shape]) -> dict[tuple[int, int], float]:
    """How alike two answers are that are alike enough, by their places."""
    telling = [place for place, shape in enumerate(own) if len(shape) >= LEAST_OWN]
    likeness = {
        (one, other): min(alike(own[one], own[other]), alike(whole[one], whole[other]))
        for one, other in combinations(telling, 2)
    }
    return {pair: value for pair, value in likeness.items() if value >= THRESHOLD}


def alike(one: Shape, other: Shape) -> float:
    """The share of all their shingles that both hold (Jaccard's index)."""
    smaller, larger = sorted((len(one), len(other)))
    if smaller < THRESHOLD * larger:
        return 0.0  # their sizes alone say so
    both = len(one & other)
    return both / (smaller + larger - both) if larger else 0.0


def _connected(count: int, links: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """The places that links connect, each group in order; the groups by their first place."""
    first = list(range(count))
    for one, other in sorted(links):
        merged, gone = sorted((first[one], first[other]))
        first = [merged if place == gone else place for place in first]
    found: dict[int, list[int]] = {}
    for place, leader in enumerate(first):
        found.setdefault(leader, []).append(place)
    return [places for places in found.values() if len(places) > 1]


def _weakest(places: Sequence[int], links: Mapping[tuple[int, int], float]) -> float:
    inside = frozenset(places)
    return min(value for (one, _), value in links.items() if one in inside)
