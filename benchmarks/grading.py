"""What grading a class costs: 200 learners x 10 exercises, twice from nothing: `make bench-grade`.

The answers are the right and wrong ones of the exercises, each made a learner's own by a comment, so that none
is judged once for several; two runs must write the same bytes. docs/performance.md holds a real run.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from laglead import curriculum

LEARNERS, EXERCISES = 200, 10
SHARE_MISSING, SHARE_RIGHT = 0.03, 0.6
FORMS = ("csv", "json", "html")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="a workspace that laglead generate filled")
    parser.add_argument("--learners", type=int, default=LEARNERS)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "class"
        answers = hand_in(folder, options.learners, random.Random(42))
        print(f"{answers} answers of {options.learners} learners, {options.workers} at a time")
        print("| run | s | processor s | answers a second |\n|---|---|---|---|", flush=True)
        first, second = (graded(folder, options, run, answers) for run in ("cache cold", "cache warm"))
    print("the same bytes" if first == second else "THE RUNS DIFFER")


def hand_in(folder: Path, learners: int, draw: random.Random) -> int:
    """Write the class; returns how many answers there are."""
    count = 0
    for number in range(learners):
        for exercise in curriculum.exercises()[:EXERCISES]:
            if draw.random() < SHARE_MISSING:
                continue
            right = draw.random() < SHARE_RIGHT
            text = draw.choice([exercise.reference, *exercise.right] if right else exercise.wrong).read_text()
            answer = folder / f"learner_{number:03d}" / f"{exercise.id}.sql"
            answer.parent.mkdir(parents=True, exist_ok=True)
            answer.write_text(f"{text}\n-- learner {number}\n")
            count += 1
    return count


def graded(folder: Path, options: argparse.Namespace, run: str, answers: int) -> list[bytes]:
    """Grade from nothing but the cache of references, print a line, and return what was written."""
    out = folder.parent / run
    command = [sys.executable, "-m", "laglead", "grade", str(folder), "--out", str(out)]
    environment = os.environ | {"XDG_CACHE_HOME": str(folder.parent / "cache")}
    before, started = processor_seconds(), time.perf_counter()
    subprocess.run(
        [*command, "--workers", str(options.workers)],
        cwd=options.data,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    taken = time.perf_counter() - started
    print(f"| {run} | {taken:.0f} | {processor_seconds() - before:.0f} | {answers / taken:.1f} |", flush=True)
    return [(out / f"grades.{form}").read_bytes() for form in FORMS]


def processor_seconds() -> float:
    """Of all processes that have ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
