"""One query against the reference on all worlds: told from it, not told from it, or no query at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from checker import worlds
from checker.compare import residue
from checker.contract import Contract, Mismatch, match_columns
from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.limits import Limits
from checker.query_run import QueryRun, QueryStopped
from checker.reference import Reference
from checker.result import ResultRow
from checker.worlds import WorldsAnswer

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
        self._alone: dict[int, list[ResultRow] | None] = {}

    def close(self) -> None:
        """Let the reference's child go."""
        self._reference.__exit__(None, None, None)

    def run(self, sql: str) -> Outcome:
        """Judge one query; RunnerError or ExerciseError when the reference itself fails."""
        with QueryRun(self._limits) as run:
            try:
                run.open(self._dataset.native, sql)
            except QueryStopped as stopped:
                return Invalid(_first_line(stopped))
            contract = match_columns(self._exercise.output, run.columns)
            if isinstance(contract, Mismatch):
                return Told("; ".join(contract.reasons) or contract.message)
            try:
                run.expect(contract, self._exercise)
                return self._compared(run, contract)
            except QueryStopped as stopped:
                return Told(f"does not come to its end: {_first_line(stopped)}", stopped.world)

    def _compared(self, run: QueryRun, contract: Contract) -> Outcome:
        wanted = sorted(world for pair in self._reference.expected().pairs for world in pair)
        seconds = self._limits.soft_seconds / 2
        digests, evaluated, failures = run.in_worlds(wanted, seconds=seconds, stop_at_failure=True)
        if failures:
            return Told(f"fails: {failures[0][1].message.splitlines()[0][:160]}", failures[0][0])
        answer = WorldsAnswer(run, digests, evaluated)
        judged = worlds.judge(answer, self._reference, contract, self._exercise.tolerance)
        for world in judged.wrong[:MOST_TRIED]:
            how = self._confirmed(run, contract, world)
            if how is not None:
                return Told(how, world, judged.wrong)
        for first, second in judged.unstable[:MOST_TRIED]:
            if self._changes(run, contract, first, second):
                return Told("changes with the order of its input", first, tuple(pair[0] for pair in judged.unstable))
        return self._ordered(answer, contract)

    def _confirmed(self, run: QueryRun, contract: Contract, world: int) -> str | None:
        """How the query differs in a world alone; None where it does not, or where the reference cannot tell."""
        expected = self._expected_alone(world)
        if expected is None:
            return None
        actual, falls = run.in_one({"world": world}, self._tables)
        left = residue(actual, expected, contract.types, self._exercise.tolerance)
        if not left:
            return "its rows stand in another order" if falls else None
        if len(actual) != len(expected):
            return f"{len(actual)} rows for {len(expected)}"
        return f"{len(left.actual)} of {len(actual)} rows differ"

    def _changes(self, run: QueryRun, contract: Contract, first: int, second: int) -> bool:
        one, other = (run.in_one({"world": world}, self._tables)[0] for world in (first, second))
        return bool(residue(one, other, contract.types, self._exercise.tolerance))

    def _expected_alone(self, world: int) -> list[ResultRow] | None:
        if world not in self._alone:
            self._alone[world] = self._reference.in_one({"world": world})
        return self._alone[world]

    @property
    def _tables(self) -> tuple[str, ...]:
        return tuple(sorted(self._dataset.catalog.tables))

    def _ordered(self, answer: WorldsAnswer, contract: Contract) -> Outcome:
        """What is right as a bag may stand in the wrong order; the worlds with most rows show it."""
        if self._exercise.order.by:
            sizes = {world: digest[0] for world, digest in answer.digests.items() if digest[0] > 1}
            for world in sorted(sizes, key=lambda world: -sizes[world])[:MOST_WORLDS_ORDERED]:
                how = self._confirmed(answer.run, contract, world)
                if how is not None:
                    return Told(how, world, (world,))
        return Alike()


def _first_line(stopped: QueryStopped) -> str:
    return stopped.failure.message.split("\n", 1)[0].strip()[:200] or stopped.failure.kind
