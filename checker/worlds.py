"""Judges an answer on small databases: where it agrees, where it is wrong, and where it disagrees with itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from checker.compare import residue
from checker.contract import Contract
from checker.exercise import Tolerance
from checker.leftover import all_rows, batches, left_over
from checker.reference import Reference
from checker.result import ResultRow
from checker.small_run import SmallRun
from checker.verdict import DataSource, Score

Pair = tuple[int, int]


class Outcome(Enum):
    """How an answer did on one small database that is stored in two row orders."""

    AGREES = "agrees"
    WRONG = "wrong"
    UNSTABLE = "unstable"
    VOID = "void"  # the expected answer changes with the order of the rows, or one of the two did not run


@dataclass(frozen=True, slots=True)
class WorldsJudgement:
    """`wrong` and `unstable` are pairs of worlds, the smallest input first; none is confirmed yet.

    `skipped` counts the pairs of which time left a world out.
    """

    agreeing: tuple[Pair, ...]
    dropped: int
    wrong: tuple[Pair, ...]
    unstable: tuple[Pair, ...]
    skipped: int = 0

    @property
    def passed(self) -> bool:
        return not self.wrong and not self.unstable

    @property
    def total(self) -> int:
        return len(self.agreeing) + self.failing

    @property
    def failing(self) -> int:
        return len(self.wrong) + len(self.unstable)

    def score(self, *, passed: bool) -> Score:
        agreeing = self.total if passed else len(self.agreeing)
        return Score(DataSource.WORLDS, passed, agreeing, self.total, self.dropped)


def judge(mine: SmallRun, reference: Reference, contract: Contract, tolerance: Tolerance) -> WorldsJudgement:
    """The answer on every world on which the reference is stable."""
    expected = reference.expected()
    theirs = SmallRun(reference, "worlds", expected.worlds, frozenset(w for pair in expected.pairs for w in pair))
    run = sorted(
        (pair for pair in expected.pairs if pair[0] in mine.evaluated),
        key=lambda pair: (expected.sizes.get(pair[0], 0), pair),
    )
    outcomes = classify(mine, theirs, run, contract, tolerance)
    of = {
        wanted: tuple(pair for pair, outcome in zip(run, outcomes, strict=True) if outcome is wanted)
        for wanted in Outcome
    }
    dropped = expected.dropped + len(expected.pairs) - len(run) + len(of[Outcome.VOID])
    skipped = sum(not mine.evaluated.issuperset(pair) for pair in expected.pairs)
    return WorldsJudgement(of[Outcome.AGREES], dropped, of[Outcome.WRONG], of[Outcome.UNSTABLE], skipped)


def classify(
    mine: SmallRun, theirs: SmallRun, pairs: Sequence[Pair], contract: Contract, tolerance: Tolerance
) -> list[Outcome]:
    """One outcome for each pair of row orders of one small database."""
    asked = {world for pair in pairs for world in pair}
    suspects = [
        world
        for world in sorted(asked & mine.evaluated & theirs.evaluated)
        if mine.digests.get(world) != theirs.digests.get(world)
    ]
    differing = _differing(suspects, mine, theirs, contract, tolerance) if contract.is_loose else set(suspects)

    def outcome(pair: Pair) -> Outcome:
        if pair[0] not in mine.evaluated or pair[0] not in theirs.evaluated:
            return Outcome.VOID
        if not differing.intersection(pair):
            return Outcome.AGREES
        if not _same(theirs, pair, contract, tolerance):
            return Outcome.VOID
        return Outcome.WRONG if _same(mine, pair, contract, tolerance) else Outcome.UNSTABLE

    return [outcome(pair) for pair in pairs]


def _differing(
    suspects: Sequence[int], mine: SmallRun, theirs: SmallRun, contract: Contract, tolerance: Tolerance
) -> set[int]:
    """The small databases in which rows are left over; in the others floats differ within the tolerance."""
    rows = {world: mine.digests[world][0] for world in suspects if world in mine.digests}
    differing: set[int] = set()
    for batch in batches(suspects, rows):
        left = left_over(mine.side, theirs.side, mine.source, batch, types=contract.types, tolerance=tolerance)
        differing |= left.worlds
    return differing


def _same(run: SmallRun, pair: Pair, contract: Contract, tolerance: Tolerance) -> bool:
    """Whether a query gives the same bag for both row orders of one small database."""
    first, second = pair
    if second not in run.evaluated or run.digests.get(first) == run.digests.get(second):
        return True
    if not contract.is_loose:
        return False
    one, other = (all_rows(run.side, run.source, [world]) for world in pair)
    return not residue(one, moved(other, first), contract.types, tolerance)


def moved(rows: Sequence[ResultRow], world: int) -> list[ResultRow]:
    """The rows as if they were of another world."""
    return [replace(row, world=world) for row in rows]
