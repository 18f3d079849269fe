"""How small the examples are and how long they take, when only the practice log can show that an answer is wrong.

The `wrong/` answers of every exercise, and mutants of its reference until there are `--sample` answers in all, evenly
over the exercises, are judged without the worlds. Prints the share of the rejected that got an example, rows and
seconds (median, 95th percentile, largest), and what got none.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker import judgement
from checker.contract import Mismatch, match_columns
from checker.dataset import Dataset, open_dataset
from checker.exercise import Exercise, discover
from checker.limits import Limits
from checker.mutant import mutants, parse
from checker.nursery import nursery
from checker.proof import profile_of
from checker.query_run import WORLDS, QueryRun, QueryStopped
from checker.reference import Reference
from checker.sides import Sides
from checker.small_run import SmallRun
from checker.verdict import Differs, Nondeterministic
from checker.worlds import WorldsJudgement

LIMITS = Limits(soft_seconds=30, hard_seconds=40)


@dataclass(frozen=True, slots=True)
class Answer:
    """A wrong answer: what it is called, and its text."""

    name: str
    sql: str


@dataclass(frozen=True, slots=True)
class Measured:
    """One rejected answer: rows of its example (None: there is none), seconds from the log's rejection on."""

    name: str
    rows: int | None
    seconds: float
    source: str


def answers(exercise: Exercise, dataset: Dataset, most: int) -> list[Answer]:
    """At most so many: half of them `wrong/` answers if there are enough, then mutants of the reference, evenly."""
    sql = exercise.reference.read_text(encoding="utf-8-sig")
    wrong = [Answer(f"{exercise.id}/{path.stem}", path.read_text(encoding="utf-8")) for path in exercise.wrong]
    made = [Answer(f"{exercise.id}/{one.id}", one.sql) for one in mutants(parse(sql, profile_of(dataset)))]
    known = _spread(wrong, max(most // 2, most - len(made)))
    return [*known, *_spread(made, most - len(known))]


def _spread(found: Sequence[Answer], most: int) -> list[Answer]:
    return [found[place * len(found) // most] for place in range(most)] if len(found) > most else list(found)


def measure(exercise: Exercise, dataset: Dataset, asked: Sequence[Answer], cache: Path) -> Iterator[Measured]:
    """Judge answers to one exercise on the log alone; what the log does not reject is left out."""
    with Reference(exercise, exercise.reference, dataset, limits=_PATIENT, cache=cache) as reference:
        reference.expected()
        reference.members("log", (), 0)
        for answer in asked:
            with QueryRun(LIMITS) as run:
                try:
                    found = _judged(exercise, dataset, answer, run, reference)
                except QueryStopped as stopped:
                    print(f"  stopped: {answer.name} {stopped.failure.kind}: {stopped.failure.message[:80]!r}")
                    continue
                if found is not None:
                    yield found


_PATIENT = Limits(soft_seconds=3600, hard_seconds=3610)
"""The reference answers for all: its time is not one answer's."""


def _judged(
    exercise: Exercise, dataset: Dataset, answer: Answer, run: QueryRun, reference: Reference
) -> Measured | None:
    run.open(dataset, answer.sql)
    contract = match_columns(exercise.output, run.columns)
    if isinstance(contract, Mismatch):
        return None
    run.expect(contract, exercise)
    sides = Sides(run, reference, contract, exercise, dataset.catalog, answer.sql)
    alone = _seconds_on_log(run)
    started = _processor_seconds(run, reference)
    nothing = SmallRun(run, WORLDS, {}, frozenset())
    verdict = judgement.on_log([judgement.Case(sides, nothing, WorldsJudgement((), 0, (), ()))])
    if not isinstance(verdict, (Differs, Nondeterministic)):
        return None
    seconds = _processor_seconds(run, reference) - started - alone
    example = verdict.counterexample
    rows = None if example is None else sum(len(table.rows) for table in example.tables.values())
    return Measured(answer.name, rows, seconds, example.source if example else "")


def _seconds_on_log(run: QueryRun) -> float:
    started = _processor_seconds(run)
    run.on_log()
    return _processor_seconds(run) - started


def _processor_seconds(*children: QueryRun | Reference) -> float:
    """Processor time of this process and of the children: a loaded machine does not change it."""
    total = time.process_time()
    for child in children:
        run = child if isinstance(child, QueryRun) else child.run
        if run is not None:
            fields = Path(f"/proc/{run.process}/stat").read_text().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def report(found: Sequence[Measured]) -> None:
    """Print the figures that docs/performance.md names."""
    shown = [one for one in found if one.rows is not None]
    rows = sorted(one.rows for one in shown if one.rows is not None)
    seconds = sorted(one.seconds for one in found)
    print(f"rejected by the log {len(found)}, with an example {len(shown)} ({len(shown) / max(1, len(found)):.1%})")
    if rows:
        print(f"rows: median {statistics.median(rows)}, p95 {rows[int(0.95 * len(rows))]}, largest {rows[-1]}")
        print(f"seconds: median {statistics.median(seconds):.2f}, p95 {seconds[int(0.95 * len(seconds))]:.2f}")
    for one in found:
        if one.rows is None:
            print(f"without an example: {one.name}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--only", default="", help="exercises whose id holds this text")
    parser.add_argument("--sample", type=int, default=420, help="how many answers in all (some are not rejected)")
    parser.add_argument("--cache", type=Path, default=Path("data/.bench-cache"))
    options = parser.parse_args()
    dataset = open_dataset(options.data)
    exercises = discover(Path("exercises"))
    most = -(-options.sample // len(exercises))
    found: list[Measured] = []
    asked = 0
    with nursery():
        for exercise in (one for one in exercises if options.only in one.id):
            tried = answers(exercise, dataset, most)
            asked += len(tried)
            for one in measure(exercise, dataset, tried, options.cache):
                found.append(one)
                print(f"{one.rows!s:>5} rows {one.seconds:6.2f} s  {one.name}  {one.source}", flush=True)
            print(f"-- {exercise.id}: {asked} of about {options.sample} answers judged", flush=True)
    report(found)


if __name__ == "__main__":
    main()
