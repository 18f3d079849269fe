"""Computes what every check of an exercise needs before the first: the accepted readings and the known mistakes.

With all of it in the cache no check runs out of the time in which it looks for a known mistake, so that
the message of a verdict does not depend on how busy the machine is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from checker.classroom import LIMITS
from checker.dataset import Dataset
from checker.errors import CheckerError
from checker.exercise import Exercise
from checker.judgement import mistake
from checker.reference import Reference
from checker.workers import WORKERS, each_done


def prepare(
    exercises: Iterable[Exercise], dataset: Dataset, *, cache: Path, workers: int = WORKERS
) -> Iterator[Exercise]:
    """Fill the cache for these exercises, each given back when it is ready.

    ExerciseError or RunnerError when a reference cannot be run.
    """

    def prepared(exercise: Exercise) -> Exercise:
        for name in exercise.accepts:
            with Reference(exercise, exercise.folder / name, dataset, limits=LIMITS, cache=cache) as reading:
                reading.expected()
        with Reference(exercise, exercise.reference, dataset, limits=LIMITS, cache=cache) as reading:
            reading.expected()
            for path in exercise.wrong:
                # A wrong answer that cannot be run is no mistake that a check could recognise.
                if mistake(path) is not None:
                    with contextlib.suppress(CheckerError), reading.sibling(path) as wrong:
                        wrong.expected()
        return exercise

    return each_done(prepared, exercises, workers=workers)
