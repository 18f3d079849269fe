"""Runs an answer once on the log to see that it can be handed in: it runs, and has the columns; nothing is judged."""

from __future__ import annotations

from dataclasses import dataclass

from checker.check import as_verdict
from checker.contract import Mismatch, match_columns
from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.limits import Limits
from checker.query_run import QueryRun, QueryStopped
from checker.verdict import Broken, Refused, TimedOut


@dataclass(frozen=True, slots=True)
class Ran:
    """The answer runs and has the columns; so many rows came out on the log."""

    rows: int


def rehearse(exercise: Exercise, sql: str, dataset: Dataset) -> Ran | Mismatch | Broken | Refused | TimedOut:
    """Run `sql` on the log; what keeps it from being handed in, or how many rows it has."""
    limits = Limits()
    with QueryRun(limits) as run:
        try:
            run.open(dataset, sql)
            contract = match_columns(exercise.output, run.columns, names_fixed=exercise.names_fixed)
            if isinstance(contract, Mismatch):
                return contract
            run.expect(contract, exercise)
            digests, _ = run.on_log()
        except QueryStopped as stopped:
            return as_verdict(stopped.failure, sql, dataset, limits)
    return Ran(sum(digest[0] for digest in digests.values()))
