"""The price of an assumption: every accepted reading of an exercise on the log, beside the answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checker import log_comparison
from checker.contract import Contract, Mismatch, match_columns
from checker.counterexample import as_rows
from checker.dataset import Dataset
from checker.errors import CheckerError
from checker.exercise import Exercise
from checker.leftover import whole_tally
from checker.limits import Limits
from checker.log_comparison import LogAnswer
from checker.query_run import QueryRun, QueryStopped
from checker.reference import Reference
from checker.result import Digest
from checker.verdict import Rows

READING = "-- reading:"
FEW_ROWS = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One accepted reading: its rows on the log, how many of them the answer has, whether it is the answer's own.

    `shown` are its rows where they are few: there the values say more than the counts.
    """

    name: str
    rows: int
    shared: int
    followed: bool
    shown: Rows | None = None


def price(
    exercise: Exercise, sql: str, dataset: Dataset, *, limits: Limits, cache: Path | None = None
) -> tuple[Reading, ...]:
    """Every reading, the reference first; nothing where there is one reading only, or where one does not end."""
    if not exercise.accepts:
        return ()
    try:
        with QueryRun(limits) as run:
            run.open(dataset, sql)
            contract = match_columns(exercise.output, run.columns, names_fixed=exercise.names_fixed)
            if isinstance(contract, Mismatch):
                return ()
            run.expect(contract, exercise)
            answer = LogAnswer(run, *run.on_log())
            found = []
            for path in (exercise.reference, *(exercise.folder / name for name in exercise.accepts)):
                with Reference(exercise, path, dataset, limits=limits, cache=cache) as reference:
                    found.append(_reading(answer, reference, contract, exercise))
            return tuple(found)
    except (QueryStopped, CheckerError):
        return ()


def _reading(answer: LogAnswer, reference: Reference, contract: Contract, exercise: Exercise) -> Reading:
    expected = reference.expected().log
    followed = log_comparison.compare(answer, reference, contract, exercise.tolerance) is None
    total = sum(digest[0] for digest in expected.values())
    few = as_rows(reference.rows("log", sorted(expected))[0], contract) if total <= FEW_ROWS else None
    shared = total if followed else _shared(answer, reference, expected)
    return Reading(_name(reference.path), total, shared, followed, few)


def _shared(answer: LogAnswer, reference: Reference, expected: dict[int, Digest]) -> int:
    """Rows that stand in both: of parts that agree all, of the others those of equal hash."""
    agreeing = [part for part, digest in expected.items() if answer.digests.get(part) == digest]
    parts = sorted(set(expected) - set(agreeing))
    mine, theirs = whole_tally(answer.run, "log", parts), whole_tally(reference, "log", parts)
    return sum(expected[part][0] for part in agreeing) + sum(min(n, mine.get(row, 0)) for row, n in theirs.items())


def _name(path: Path) -> str:
    """What its first line calls it, else its file's name in words."""
    first, *_ = path.read_text(encoding="utf-8-sig").split("\n", 1)
    return first.removeprefix(READING).strip() if first.startswith(READING) else path.stem.replace("_", " ")
