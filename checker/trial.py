"""One query against the reference on all worlds: told from it, not told from it, or no query at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checker import counterexample, worlds
from checker.contract import Mismatch, match_columns
from checker.counterexample import Confirmed
from checker.dataset import Dataset
from checker.errors import RunnerError
from checker.exercise import Exercise
from checker.limits import Limits
from checker.query_run import QueryRun, QueryStopped
from checker.reference import Reference
from checker.sides import Sides
from checker.small_run import SmallRun
from checker.worlds import Pair

MOST_WORLDS_ORDERED = 8
MOST_TRIED = 6
PATIENCE_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Invalid:
    """The engine does not bind it; `reason` is the first line of its message."""

    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """It is not the reference: `how` says why in words, `world` is the smallest world that shows it, if one does.

    `worlds` are all that seem to show it, the smallest first; only `world` was run again alone.
    """

    how: str
    world: int | None = None
    worlds: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """No world tells it from the reference."""


Outcome = Invalid | Told | Alike


class Trial:
    """The reference of an exercise, ready to be compared with one query after another."""

    def __init__(self, exercise: Exercise, dataset: Dataset, *, limits: Limits, cache: Path | None) -> None:
        self._exercise, self._dataset, self._limits = exercise, dataset, limits
        # It answers for all queries of a proof: its time is not one query's.
        patient = replace(limits, soft_seconds=PATIENCE_SECONDS, hard_seconds=PATIENCE_SECONDS + 10)
        self._reference = Reference(exercise, exercise.reference, dataset, limits=patient, cache=cache, log=False)

    def close(self) -> None:
        """Let the reference's child go."""
        self._reference.__exit__(None, None, None)

    def run(self, sql: str) -> Outcome:
        """Judge one query; RunnerError or ExerciseError when the reference itself fails."""
        with QueryRun(self._limits) as run:
            try:
                run.open(self._dataset, sql)
            except QueryStopped as stopped:
                if stopped.failure.kind not in ("error", "refused"):
                    # Not the query's doing: it must be neither counted nor kept.
                    raise RunnerError(f"a query was not even read: {_first_line(stopped)}; try again") from stopped
                return Invalid(_first_line(stopped))
            contract = match_columns(self._exercise.output, run.columns)
            if isinstance(contract, Mismatch):
                return Told("; ".join(contract.reasons) or contract.message)
            try:
                run.expect(contract, self._exercise)
                sides = Sides(run, self._reference, contract, self._exercise, self._dataset.catalog, sql)
                return self._compared(sides)
            except QueryStopped as stopped:
                return Told(f"does not come to its end: {_first_line(stopped)}", stopped.world)

    def _compared(self, sides: Sides) -> Outcome:
        wanted = sorted(world for pair in self._reference.expected().pairs for world in pair)
        answer = sides.answer.in_worlds(wanted, seconds=self._limits.soft_seconds / 2, stop_at_failure=True)
        if answer.failures:
            world, why = answer.failures[0]
            return Told(f"fails: {why.message.splitlines()[0][:160]}", world)
        judged = worlds.judge(answer, self._reference, sides.contract, self._exercise.tolerance)
        for world, _ in judged.wrong[:MOST_TRIED]:
            how = self._confirmed(sides, world)
            if how is not None:
                return Told(how, world, _firsts(judged.wrong))
        for world, _ in judged.unstable[:MOST_TRIED]:
            found = self._alone(sides, world, orders=2)
            if found is not None and found.varies:
                return Told("changes with the order of its input", world, _firsts(judged.unstable))
        return self._ordered(sides, answer)

    def _confirmed(self, sides: Sides, world: int) -> str | None:
        """How the query differs in a world alone; None where it does not, or where the reference cannot tell."""
        found = self._alone(sides, world, orders=1)
        if found is None:
            return None
        if not found.left:
            return "its rows stand in another order"
        if len(found.actual) != len(found.expected):
            return f"{len(found.actual)} rows for {len(found.expected)}"
        return f"{len(found.left.actual)} of {len(found.actual)} rows differ"

    def _alone(self, sides: Sides, world: int, *, orders: int) -> Confirmed | None:
        pieces = self._reference.members("worlds", sides.tables, world)
        return counterexample.confirm(sides, "worlds", pieces, f"world {world}", most=orders)

    def _ordered(self, sides: Sides, answer: SmallRun) -> Outcome:
        """What is right as a bag may stand in the wrong order; the worlds with most rows show it."""
        if self._exercise.order.by:
            sizes = {world: digest[0] for world, digest in answer.digests.items() if digest[0] > 1}
            for world in sorted(sizes, key=lambda world: -sizes[world])[:MOST_WORLDS_ORDERED]:
                how = self._confirmed(sides, world)
                if how is not None:
                    return Told(how, world, (world,))
        return Alike()


def _firsts(pairs: Sequence[Pair]) -> tuple[int, ...]:
    return tuple(first for first, _ in pairs)


def _first_line(stopped: QueryStopped) -> str:
    return stopped.failure.message.split("\n", 1)[0].strip()[:200] or stopped.failure.kind
