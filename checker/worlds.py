"""Judges an answer on the worlds: where it agrees, where it is wrong, and where it disagrees with itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.compare import residue
from checker.contract import Contract
from checker.exercise import Tolerance
from checker.leftover import batches, left_over
from checker.query_run import QueryRun
from checker.reference import Reference
from checker.result import Digest, ResultRow
from checker.verdict import DataSource, Score


@dataclass(frozen=True, slots=True)
class WorldsJudgement:
    """`wrong` are worlds and `unstable` pairs of worlds, the smallest input first; none is confirmed yet."""

    agreeing: int
    total: int
    dropped: int
    wrong: tuple[int, ...]
    unstable: tuple[tuple[int, int], ...]

    @property
    def passed(self) -> bool:
        return not self.wrong and not self.unstable

    def score(self, *, passed: bool) -> Score:
        return Score(DataSource.WORLDS, passed, self.total if passed else self.agreeing, self.total, self.dropped)


@dataclass(frozen=True, slots=True)
class WorldsAnswer:
    """An answer's digests by world and the worlds that were run; `run` still holds the rows."""

    run: QueryRun
    digests: dict[int, Digest]
    evaluated: set[int]


def judge(answer: WorldsAnswer, reference: Reference, contract: Contract, tolerance: Tolerance) -> WorldsJudgement:
    """Compare digests, and rows where equal values may have different digests."""
    expected = reference.expected()
    run = [pair for pair in expected.pairs if pair[0] in answer.evaluated]
    suspects = [
        world
        for pair in run
        for world in pair
        if world in answer.evaluated and answer.digests.get(world) != expected.worlds.get(world)
    ]
    differing = set(suspects) if not contract.is_loose else _differing(suspects, answer, reference, contract, tolerance)
    wrong, unstable = [], []
    for first, second in sorted(run, key=lambda pair: (expected.sizes.get(pair[0], 0), pair)):
        if first not in differing and second not in differing:
            continue
        if _same(answer, first, second, contract, tolerance):
            wrong.append(first)
        else:
            unstable.append((first, second))
    agreeing = len(run) - len(wrong) - len(unstable)
    dropped = expected.dropped + len(expected.pairs) - len(run)
    return WorldsJudgement(agreeing, len(run), dropped, tuple(wrong), tuple(unstable))


def _differing(
    suspects: Sequence[int], answer: WorldsAnswer, reference: Reference, contract: Contract, tolerance: Tolerance
) -> set[int]:
    """The worlds in which rows are left over; in the others floats differ within the tolerance."""
    sizes = {world: answer.digests[world][0] for world in suspects if world in answer.digests}
    differing: set[int] = set()
    for batch in batches(suspects, sizes):
        left = left_over(answer.run, reference, "worlds", batch, types=contract.types, tolerance=tolerance)
        differing |= left.worlds
    return differing


def _same(answer: WorldsAnswer, first: int, second: int, contract: Contract, tolerance: Tolerance) -> bool:
    """Whether the answer gives the same bag for both row orders of one world."""
    if second not in answer.evaluated or answer.digests.get(first) == answer.digests.get(second):
        return True
    if not contract.is_loose:
        return False
    mine, _ = answer.run.rows("worlds", [first])
    theirs, _ = answer.run.rows("worlds", [second])
    return not residue(mine, moved(theirs, first), contract.types, tolerance)


def moved(rows: Sequence[ResultRow], world: int) -> list[ResultRow]:
    """The rows as if they were of another world."""
    return [replace(row, world=world) for row in rows]
