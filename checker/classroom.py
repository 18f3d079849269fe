"""Checks many answers, as a class hands them in: two at a time, each judged as `checker.check` judges one.

    papers = [Paper(exercise, Path("answers/ada.sql")), Paper(exercise, Path("answers/bob.sql")), ...]
    for marked in check_all(papers, dataset, cache=folder):
        match marked.outcome:
            case Report(): ...        # a verdict, also of a hostile, broken or endless answer
            case CheckerError(): ...  # no verdict: there is no such file, or our tools failed

Starting is lazy (the first `next`), results come as they are ready, each once, and leaving the loop,
by its end, `break`, an exception or Ctrl-C, ends every process. An answer can spoil no other: each has
processes of its own, forked from a nursery (`checker.nursery`) that never sees an answer, locked up and
used once. Files are read when their turn comes; memory stays flat however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from checker.check import check
from checker.dataset import Dataset
from checker.errors import CheckerError
from checker.exercise import Exercise
from checker.limits import Limits
from checker.verdict import Report
from checker.workers import WORKERS, each_done

# Two answers share the processors; a second thread for each would only be in the other's way.
LIMITS = Limits(threads=1)


@dataclass(frozen=True, slots=True)
class Paper:
    """An answer file and the exercise that it answers."""

    exercise: Exercise
    answer: Path


@dataclass(frozen=True, slots=True)
class Marked:
    """What came of a paper: a report, or why there is none."""

    paper: Paper
    outcome: Report | CheckerError


def check_all(
    papers: Iterable[Paper],
    dataset: Dataset,
    *,
    cache: Path | None = None,
    limits: Limits = LIMITS,
    lint: bool = False,
    workers: int = WORKERS,
) -> Iterator[Marked]:
    """Check every paper, in the order in which they are done; without lint where only verdicts are wanted.

    The first paper of each exercise computes the expected result when the cache does not hold it.
    RunnerError when the processes cannot be started at all.
    """

    def marked(paper: Paper) -> Marked:
        try:
            return Marked(paper, check(paper.exercise, paper.answer, dataset, limits=limits, cache=cache, lint=lint))
        except CheckerError as error:
            return Marked(paper, error)

    return each_done(marked, papers, workers=workers)
