"""The smallest input on which an answer differs: found on many cuts at once, confirmed over row permutations."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import permutations

from checker import entities, shrink
from checker.compare import Residue, marks, residue
from checker.contract import Contract
from checker.errors import CheckerError
from checker.leftover import all_rows
from checker.query_run import ALONE, QueryRun, QueryStopped
from checker.reference import Reference
from checker.result import ResultRow
from checker.shrink import Cut
from checker.sides import Sides
from checker.small_run import SmallRun, Split
from checker.verdict import Counterexample, Rows
from checker.worlds import Outcome, Pair, classify, moved

PERMUTATIONS = 64
SECONDS_TO_SHRINK = 3.0
MOST_ROWS_TRIED = 400_000
MOST_TRIED = 6
MOST_INPUT_ROWS = 60
FEW_ROWS = 4
FEW_ORDERS = 2


@dataclass(slots=True)
class Effort:
    """What a search has cost: rows tried and processor time, never the time that a busy machine lets it wait."""

    answer: QueryRun
    reference: Reference
    rows: int = 0
    begun: float = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self._processor()

    def is_enough(self) -> bool:
        """Whether to take what was found so far."""
        return self.rows > MOST_ROWS_TRIED or self._processor() - self.begun > SECONDS_TO_SHRINK

    def _processor(self) -> float:
        return self.answer.cpu_seconds + self.reference.cpu_seconds


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A difference seen in isolation, on rows of the log or of the worlds in this order; `source` says whence.

    `left` is what does not agree, `falls` how often the answer's order falls. `always` tells whether
    every order of the rows showed a difference, `varies` whether the answer depends on that order.
    """

    source: str
    origin: str
    pieces: Cut
    actual: list[ResultRow]
    expected: list[ResultRow]
    left: Residue
    falls: int
    always: bool
    varies: bool

    def shows(self, wanted: Outcome) -> bool:
        """Whether it proves that the answer is wrong, or that it is unstable."""
        return bool(self.left) and (self.varies if wanted is Outcome.UNSTABLE else self.always)


@dataclass(frozen=True, slots=True)
class Start:
    """Rows on which a difference seems to show, before they are cut down."""

    source: str
    origin: str
    pieces: Cut


def from_worlds(sides: Sides, pairs: Sequence[Pair], wanted: Outcome, *, most: int = MOST_TRIED) -> Confirmed | None:
    """The first of these worlds on which the answer differs in isolation, cut down; a few are tried."""
    for world, _ in pairs[:most]:
        start = Start(f"world {world}", "worlds", sides.reference.members("worlds", sides.tables, world))
        seen = confirm(sides, start.origin, start.pieces, start.source, most=FEW_ORDERS)
        if seen is not None and seen.shows(wanted):
            found = _cut_down(sides, start, {wanted})
            return found if found is not None and found.shows(wanted) else seen
    return None


def from_log(sides: Sides, differing: Sequence[ResultRow]) -> Confirmed | None:
    """A difference on the log, cut down to one entity and then to single rows; None when none was found."""
    for split, number, pieces in _entities_that_differ(sides, differing):
        group = split.groups[number] if split.groups else ()
        value = f", {split.column} {group[0]}" if split.column and len(group) == 1 else ""
        found = _cut_down(sides, Start(f"practice log{value}", "log", pieces), {Outcome.WRONG, Outcome.UNSTABLE})
        if found is not None:
            return found
    return None


def raising(sides: Sides, world: int) -> Cut:
    """The rows of a world on which the answer raises an error, cut down to those that make it do so."""
    pieces = sides.reference.members("worlds", sides.tables, world)
    effort = Effort(sides.answer, sides.reference)

    def test(cuts: Sequence[Cut]) -> list[bool]:
        effort.rows += sum(map(len, cuts))
        failing = {number for number, _ in sides.answer.in_cuts("worlds", cuts, isolated=True).failures}
        return [number in failing for number in range(len(cuts))]

    with suppress(QueryStopped, CheckerError):
        needs = entities.needs(sides.catalog, sides.reference, "worlds", pieces)
        fixed = entities.fixed(sides.catalog, pieces)
        return shrink.smallest(pieces, needs, test, is_late=effort.is_enough, fixed=fixed)
    return pieces


def out_of_order(sides: Sides, worlds: Sequence[int]) -> Confirmed | None:
    """The first of these worlds in which the answer's rows do not keep the declared order, cut down."""
    run = sides.answer.in_worlds(worlds, seconds=SECONDS_TO_SHRINK, stop_at_failure=False, isolated=True, source=ALONE)
    for world in (world for world in worlds if world in run.falls):
        start = Start(f"world {world}", "worlds", sides.reference.members("worlds", sides.tables, world))
        found = _cut_down(sides, start, set())
        if found is not None and found.falls:
            return found
    return None


def _entities_that_differ(sides: Sides, differing: Sequence[ResultRow]) -> Iterator[tuple[Split, int, Cut]]:
    """(split, number, rows) of small parts of the log on which the answer differs, the likeliest first."""
    catalog, tables = sides.catalog, sides.tables
    for split in entities.of_rows(catalog, tables, sides.exercise, differing):
        yield from _smallest_entity(sides, split)
    everything = entities.whole(catalog, tables)
    if everything is not None:
        yield from _smallest_entity(sides, everything)
        return
    for split in entities.of_all(catalog, tables):
        for found in _smallest_entity(sides, split):
            values = sides.reference.values(found[1])
            yield from _smallest_entity(sides, entities.by_values(catalog, tables, split.column, values))
            yield found


def _smallest_entity(sides: Sides, split: Split) -> Iterator[tuple[Split, int, Cut]]:
    """The entity with fewest rows on which the answer differs; nothing where there is none, or no memory for it."""
    try:
        mine, theirs = sides.answer.in_entities(split), sides.reference.in_entities(split)
    except (QueryStopped, CheckerError):
        return
    numbers = sorted(range(split.count), key=lambda number: theirs.sizes.get(number, 0))
    outcomes = classify(mine, theirs, [(n, n) for n in numbers], sides.contract, sides.exercise.tolerance)
    for number, outcome in zip(numbers, outcomes, strict=True):
        if outcome is Outcome.WRONG and theirs.sizes.get(number, 0) <= entities.MOST_ROWS:
            yield split, number, sides.reference.members("log", sides.tables, number)
            return


def _cut_down(sides: Sides, start: Start, wanted: set[Outcome]) -> Confirmed | None:
    """The difference (without a wanted outcome: of order) on as few rows as a bounded effort finds."""
    effort = Effort(sides.answer, sides.reference)

    def test(cuts: Sequence[Cut]) -> list[bool]:
        effort.rows += sum(map(len, cuts))
        if not wanted:
            falls = sides.answer.in_cuts(start.origin, cuts, isolated=True).falls
            return [number in falls for number in range(len(cuts))]
        return [outcome in wanted for outcome in _outcomes(sides, start.origin, cuts)]

    with suppress(QueryStopped, CheckerError):
        needs = entities.needs(sides.catalog, sides.reference, start.origin, start.pieces)
        fixed = entities.fixed(sides.catalog, start.pieces)
        pieces = shrink.smallest(start.pieces, needs, test, is_late=effort.is_enough, fixed=fixed)
        most = (PERMUTATIONS if len(pieces) <= MOST_INPUT_ROWS else FEW_ORDERS) if wanted else 1
        smaller = confirm(sides, start.origin, pieces, start.source, most=most)
        if smaller is not None and bool(smaller.left) == bool(wanted):
            return smaller
        return confirm(sides, start.origin, start.pieces, start.source, most=FEW_ORDERS)
    return None


def _outcomes(sides: Sides, origin: str, cuts: Sequence[Cut]) -> list[Outcome]:
    ordered = [order for cut in cuts for order in (cut, tuple(reversed(cut)))]
    mine, theirs = sides.answer.in_cuts(origin, ordered), sides.reference.in_cuts(origin, ordered)
    pairs = [(2 * number, 2 * number + 1) for number in range(len(cuts))]
    return classify(mine, theirs, pairs, sides.contract, sides.exercise.tolerance)


def confirm(sides: Sides, origin: str, pieces: Cut, source: str, *, most: int = PERMUTATIONS) -> Confirmed | None:
    """The difference on these rows alone, in isolation and in many orders; None when there is none."""
    orders = _orders(pieces, most)
    theirs = sides.reference.in_cuts(origin, orders, isolated=True)
    if len(theirs.evaluated) < len(orders) or _distinct(theirs, sides) > 1:
        return None
    mine = sides.answer.in_cuts(origin, orders, isolated=True)
    pairs = [(number, number) for number in sorted(mine.evaluated)]
    outcomes = classify(mine, theirs, pairs, sides.contract, sides.exercise.tolerance)
    wrong = [number for (number, _), outcome in zip(pairs, outcomes, strict=True) if outcome is Outcome.WRONG]
    shown = next(iter(wrong or sorted(mine.falls)), None)
    if shown is None:
        return None
    actual = moved(all_rows(mine.side, ALONE, [shown]), 0)
    expected = moved(all_rows(theirs.side, ALONE, [shown]), 0)
    left = residue(actual, expected, sides.contract.types, sides.exercise.tolerance)
    always = len(wrong or mine.falls) == len(orders)
    return Confirmed(
        source,
        origin,
        orders[shown],
        actual,
        expected,
        left,
        mine.falls.get(shown, 0),
        always,
        _distinct(mine, sides) > 1,
    )


def _orders(pieces: Cut, most: int) -> list[Cut]:
    """The rows as they are, in reverse, and in other orders: all of them where there are few."""
    if len(pieces) < 2:
        return [pieces] * min(most, FEW_ORDERS)  # chance shows even where there is nothing to order
    found = dict.fromkeys([pieces, tuple(reversed(pieces))])
    if len(pieces) <= FEW_ROWS:
        return list(found | dict.fromkeys(permutations(pieces)))[:most]
    rng = random.Random(len(pieces))
    while len(found) < min(most, math.factorial(min(len(pieces), 6))):
        found[tuple(rng.sample(pieces, len(pieces)))] = None
    return list(found)


def _distinct(run: SmallRun, sides: Sides) -> int:
    """How many different results a query gives over the orders of one set of rows, at most two are told apart."""
    first = min(run.evaluated)
    others = [number for number in run.evaluated if run.digests.get(number) != run.digests.get(first)]
    if not others:
        return 1
    if not sides.contract.is_loose:
        return 2
    expected = all_rows(run.side, run.source, [first])
    for number in others:
        rows = moved(all_rows(run.side, run.source, [number]), first)
        if residue(rows, expected, sides.contract.types, sides.exercise.tolerance):
            return 2
    return 1


def show(confirmed: Confirmed, sides: Sides) -> Counterexample:
    """The confirmed difference as input tables, the answer's rows and the expected rows, with marks."""
    types, tolerance = sides.contract.types, sides.exercise.tolerance
    mine, theirs, _ = marks(confirmed.actual, confirmed.expected, confirmed.left, types, tolerance)
    return Counterexample(
        source=confirmed.source,
        tables=sides.reference.inputs(confirmed.origin, confirmed.pieces, MOST_INPUT_ROWS, sides.names),
        actual=as_rows(confirmed.actual, sides.contract),
        expected=as_rows(confirmed.expected, sides.contract),
        actual_marks=mine,
        expected_marks=theirs,
    )


def as_rows(rows: Sequence[ResultRow], contract: Contract, most: int = MOST_INPUT_ROWS) -> Rows:
    """Result rows in the contract's column order."""
    return Rows(
        columns=tuple(column.name for column in contract.columns),
        types=tuple(column.type for column in contract.columns),
        rows=tuple(row.shown for row in rows[:most]),
        truncated=len(rows) > most,
    )
