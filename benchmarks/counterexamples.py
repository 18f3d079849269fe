"""How small the examples are and how long they take, when only the practice log can show that an answer is wrong.

Every `wrong/` answer of every exercise is judged without the worlds. Prints the share of the rejected
that got an example, rows and seconds (median, 95th percentile, largest), and what got none.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checker import judgement
from checker.contract import Mismatch, match_columns
from checker.dataset import Dataset, open_dataset
from checker.exercise import Exercise, discover
from checker.limits import Limits
from checker.query_run import WORLDS, QueryRun, QueryStopped
from checker.reference import Reference
from checker.sides import Sides
from checker.small_run import SmallRun
from checker.verdict import Differs, Nondeterministic
from checker.worlds import WorldsJudgement

LIMITS = Limits(soft_seconds=30, hard_seconds=40)


@dataclass(frozen=True, slots=True)
class Measured:
    """One rejected answer: rows of its example (None: there is none), seconds from the log's rejection on."""

    name: str
    rows: int | None
    seconds: float
    source: str


def measure(exercise: Exercise, dataset: Dataset, answers: list[Path], cache: Path) -> Iterator[Measured]:
    """Judge answers to one exercise on the log alone."""
    for path in answers:
        with (
            QueryRun(LIMITS) as run,
            Reference(exercise, exercise.reference, dataset, limits=LIMITS, cache=cache) as reference,
        ):
            sql = path.read_text(encoding="utf-8")
            try:
                run.open(dataset, sql)
                contract = match_columns(exercise.output, run.columns)
                if isinstance(contract, Mismatch):
                    continue
                run.expect(contract, exercise)
                sides = Sides(run, reference, contract, exercise, dataset.catalog, sql)
                reference.expected()
                reference.members("log", (), 0)
                alone = _seconds_on_log(run)
                started = _processor_seconds(run, reference)
                nothing = SmallRun(run, WORLDS, {}, frozenset())
                verdict = judgement.on_log([judgement.Case(sides, nothing, WorldsJudgement((), 0, (), ()))])
            except QueryStopped as stopped:
                print(f"  stopped: {path} {stopped.failure}")
                continue
            if isinstance(verdict, (Differs, Nondeterministic)):
                seconds = _processor_seconds(run, reference) - started - alone
                example = verdict.counterexample
                rows = None if example is None else sum(len(table.rows) for table in example.tables.values())
                yield Measured(f"{exercise.id}/{path.stem}", rows, seconds, example.source if example else "")


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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--only", default="", help="exercises whose id holds this text")
    parser.add_argument("--cache", type=Path, default=Path("data/.bench-cache"))
    options = parser.parse_args()
    dataset = open_dataset(options.data)
    found: list[Measured] = []
    for exercise in discover(Path("exercises")):
        if options.only in exercise.id:
            for one in measure(exercise, dataset, list(exercise.wrong), options.cache):
                found.append(one)
                print(f"{one.rows!s:>5} rows {one.seconds:6.2f} s  {one.name}  {one.source}", flush=True)
    shown = [one for one in found if one.rows is not None]
    rows = sorted(one.rows for one in shown if one.rows is not None)
    seconds = sorted(one.seconds for one in found)
    print(f"rejected by the log {len(found)}, with an example {len(shown)} ({len(shown) / max(1, len(found)):.1%})")
    print(f"rows: median {statistics.median(rows)}, p95 {rows[int(0.95 * len(rows))]}, largest {rows[-1]}")
    print(f"seconds: median {statistics.median(seconds):.2f}, p95 {seconds[int(0.95 * len(seconds))]:.2f}")


if __name__ == "__main__":
    main()
