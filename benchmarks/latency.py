"""How long a person waits for a verdict, as ratios against a bare script in one run: `make bench`.

The baseline imports duckdb and materialises the learner's and the reference's query on the native file: no
sandbox, no comparison, no small databases, no lint. Rounds are interleaved; the median round is shown with
the smallest and the largest. Both sides find their modules compiled, as an installation leaves them. A
terminal shows what a right answer costs after its verdict; here nobody looks on. docs/performance.md
holds a real run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from checker.check import check
from checker.classroom import Paper, check_all
from checker.dataset import NATIVE, Dataset, open_dataset
from checker.exercise import Exercise
from checker.nursery import nursery
from checker.verdict import Report
from laglead import curriculum

EXERCISE = "users_without_feedback"
BARE = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
for name in ("learner", "reference"):
    connection.execute(f"CREATE TEMP TABLE {name} AS {open(sys.argv[2]).read()}")
"""
ROUNDS, CHECKS, WARM_CHECKS = 15, 60, 6
# Set where sources are edited all the time; nobody who installs laglead has it.
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took, with all that it started."""

    wall_seconds: float
    cpu_seconds: float


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="a folder that laglead generate filled")
    options = parser.parse_args()
    if not (options.data / NATIVE).is_file():
        sys.exit(f"{options.data}: there is no practice log. Run: make start")
    data, exercise = open_dataset(options.data.resolve()), curriculum.find(EXERCISE)
    print("| measured | median | smallest to largest | target |\n|---|---|---|---|")
    for line in (*_whole_process(data, exercise), *_again(data, exercise), *_class(data, exercise)):
        print(line, flush=True)


def _whole_process(data: Dataset, exercise: Exercise) -> Iterator[str]:
    answer = exercise.reference
    command = [sys.executable, "-m", "laglead", "check", exercise.id, "--answer", str(answer)]
    bare = [sys.executable, "-c", BARE, str(data.native), str(answer)]
    with tempfile.TemporaryDirectory() as warm:
        _run(command, data, warm)
        rounds = [_round(bare, command, data, warm) for _ in range(ROUNDS)]
    for what, of in (("wall time", _wall), ("processor time", _cpu)):
        target = "1.6" if of is _wall else ""
        yield _line(f"`laglead check`, cache warm, {what} / bare script", [of(b) / of(a) for a, b, _ in rounds], target)
        yield _line(f"`laglead check`, cache cold, {what} / bare script", [of(c) / of(a) for a, _, c in rounds], "")


def _round(bare: list[str], command: list[str], data: Dataset, warm: str) -> tuple[Cost, Cost, Cost]:
    with tempfile.TemporaryDirectory() as cold:
        return _run(bare, data, warm), _run(command, data, warm), _run(command, data, cold)


def _run(command: list[str], data: Dataset, cache: str) -> Cost:
    before, started = os.times(), time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != UNCOMPILED}
    environment["XDG_CACHE_HOME"] = cache
    subprocess.run(
        command, cwd=data.folder, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.perf_counter() - started, used)


def _wall(cost: Cost) -> float:
    return cost.wall_seconds


def _cpu(cost: Cost) -> float:
    return cost.cpu_seconds


def _again(data: Dataset, exercise: Exercise) -> Iterator[str]:
    with _ready(data, exercise) as once:
        taken = sorted(1000 * _timed(once) for _ in range(CHECKS))
    yield _line("check again in one process, ms", taken, "150")
    yield f"| the same, 95th percentile, ms | {taken[int(0.95 * len(taken))]:.0f} | | 250 |"


def _class(data: Dataset, exercise: Exercise) -> Iterator[str]:
    for lint, what, target in ((False, "verdicts only", "20"), (True, "with lint", "")):
        yield f"| checks a second on 2 processors, {what} | {_rate(data, exercise, lint=lint):.1f} | | {target} |"


def _rate(data: Dataset, exercise: Exercise, *, lint: bool) -> float:
    """Answers that a class gets back in a second, once both of its nurseries are open."""
    papers = [Paper(exercise, exercise.reference)] * (WARM_CHECKS + CHECKS)
    with tempfile.TemporaryDirectory() as cache:
        class_ = check_all(papers, data, cache=Path(cache), lint=lint)
        done = [_passed(next(class_).outcome) for _ in range(WARM_CHECKS)]
        started = time.perf_counter()
        done += [_passed(marked.outcome) for marked in class_]
        return (len(done) - WARM_CHECKS) / (time.perf_counter() - started)


def _passed(outcome: object) -> Report:
    if not isinstance(outcome, Report) or outcome.verdict.outcome != "passed":
        raise RuntimeError(f"the reference does not pass: {outcome}")
    return outcome


@contextmanager
def _ready(data: Dataset, exercise: Exercise) -> Iterator[Callable[[], object]]:
    with tempfile.TemporaryDirectory() as cache, nursery():

        def once() -> object:
            return _passed(check(exercise, exercise.reference, data, cache=Path(cache)))

        once()
        yield once


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _line(what: str, values: list[float], target: str) -> str:
    digits = 0 if max(values) > 20 else 2
    median, low, high = statistics.median(values), min(values), max(values)
    return f"| {what} | {median:.{digits}f} | {low:.{digits}f} to {high:.{digits}f} | {target} |"


if __name__ == "__main__":
    main()
