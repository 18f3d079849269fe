"""`check --deep`: a right answer once more on the log, with one and two threads and its rows in other orders."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace

from checker import counterexample, instability
from checker.compare import differing_parts
from checker.contract import Mismatch, match_columns
from checker.dataset import Dataset
from checker.errors import CheckerError, RunnerError
from checker.leftover import Leftover, batches, left_over
from checker.limits import Limits
from checker.query_run import QueryRun, QueryStopped
from checker.result import Digest, Shape
from checker.sides import Sides
from checker.verdict import Counterexample, Nondeterministic, Passed, Rows

Progress = Callable[[int, int], None]

NOTHING = Rows((), (), ())
NO_EXAMPLE = Counterexample("", {}, NOTHING, NOTHING)


@dataclass(frozen=True, slots=True)
class Setting:
    """How the log is run: threads, and the order of its rows (0: as stored)."""

    threads: int
    order: int

    def __str__(self) -> str:
        threads = f"{self.threads} thread{'' if self.threads == 1 else 's'}"
        return f"{threads} and its rows in {'the stored' if self.order == 0 else 'another'} order"


SETTINGS = (Setting(1, 0), Setting(2, 0), Setting(1, 1), Setting(2, 1), Setting(1, 2), Setting(2, 2))


def verdict(
    passed: Passed, sides: Sides, dataset: Dataset, limits: Limits, progress: Progress = lambda done, total: None
) -> Passed | Nondeterministic:
    """The same verdict, or that the answer changes; each run is in a process of its own.

    A setting in which the expected answer changes too proves nothing and is noted; QueryStopped when the
    answer does not come to its end.
    """
    notes = []
    with ExitStack() as stack:
        first = _Log(stack, sides.sql, sides, dataset, limits, SETTINGS[0])
        for done, setting in enumerate(SETTINGS[1:], start=1):
            progress(done, len(SETTINGS))
            with ExitStack() as inner:
                left = first.left_by(_Log(inner, sides.sql, sides, dataset, limits, setting), sides)
            if left and _expected_changes(sides, dataset, limits, setting):
                notes.append(f"with {setting} the expected answer changes too: not compared")
            elif left:
                return _changed(sides, setting, left)
    message = f"{passed.message} It stays the same on the log with 1 and 2 threads and in 3 orders of its rows."
    return replace(passed, message=message, warnings=(*passed.warnings, *notes))


class _Log:
    """A query's result on the log in one setting, held by a child of its own."""

    def __init__(
        self, stack: ExitStack, sql: str, sides: Sides, dataset: Dataset, limits: Limits, setting: Setting
    ) -> None:
        self.run = stack.enter_context(QueryRun(replace(limits, threads=setting.threads)))
        self.run.open(dataset, sql)
        contract = match_columns(sides.exercise.output, self.run.columns, names_fixed=sides.exercise.names_fixed)
        if isinstance(contract, Mismatch):
            raise RunnerError(f"the columns of a query changed while it was checked: {contract.message}")
        self.run.expect(contract, sides.exercise)
        self.digests: dict[int, Digest] = self.run.on_log(setting.order)[0]

    def left_by(self, other: _Log, sides: Sides) -> Leftover | None:
        """What the other result does not share, None when the bags are equal."""
        sizes = {part: self.digests.get(part, (0, "", ""))[0] for part in differing_parts(self.digests, other.digests)}
        for batch in batches(sizes, sizes):
            types, tolerance = sides.contract.types, sides.exercise.tolerance
            left = left_over(self.run, other.run, "log", batch, types=types, tolerance=tolerance)
            if left:
                return left
        return None


def _expected_changes(sides: Sides, dataset: Dataset, limits: Limits, setting: Setting) -> bool:
    with ExitStack() as stack:
        first = _Log(stack, sides.reference.sql, sides, dataset, limits, SETTINGS[0])
        return first.left_by(_Log(stack, sides.reference.sql, sides, dataset, limits, setting), sides) is not None


def _changed(sides: Sides, setting: Setting, left: Leftover) -> Nondeterministic:
    """The verdict, with an example where a small part of the log shows the change."""
    found, shape = None, Shape((), ordered=True, limited=True)
    with suppress(QueryStopped, CheckerError):
        shape = sides.answer.shape()
        found = counterexample.from_log(sides, (*left.actual, *left.expected))
    example = counterexample.show(found, sides) if found is not None and found.varies else None
    why = instability.message(shape.loose_ends, example or NO_EXAMPLE)
    return Nondeterministic(f"{why} It shows on the practice log with {setting}.", example)
