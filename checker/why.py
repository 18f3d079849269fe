"""Why an answer is wrong: the first step that differs from the reference's, and the one mistake that was made.

A repair is a candidate of `checker.mistake_child` that no world tells from the reference. Its text is
never shown: the learner reads which mistake it undoes, and where.
"""

from __future__ import annotations

import queue
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checker import mistake_child
from checker.catalog import MANIFEST
from checker.dataset import Dataset
from checker.errors import ExerciseError, RunnerError
from checker.exercise import Exercise, Order, OutputColumn
from checker.limits import Limits
from checker.mistake_child import Candidate
from checker.nursery import nursery
from checker.query_run import QueryRun, QueryStopped
from checker.trial import Alike, Told, Trial
from checker.workers import work_through

SECONDS = 60.0
SECONDS_TO_LOOK = 30.0
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Why:
    """`step` is the first step of the answer that gives other rows than the reference's of that name.

    `repair` says which mistake one edit would undo; `tried` is how many edits were tried, `finished`
    whether there was time for all.
    """

    step: str | None
    repair: Candidate | None
    tried: int
    finished: bool = True


def why(
    exercise: Exercise,
    sql: str,
    dataset: Dataset,
    *,
    cache: Path | None = None,
    limits: Limits | None = None,
    seconds: float = SECONDS,
    progress: Progress = lambda _done, _total: None,
) -> Why:
    """Look for the step and for the mistake; at most about `seconds`."""
    bounds = replace(limits or Limits(), threads=1)
    deadline = time.monotonic() + seconds
    seen = mistake_child.look(sql, dataset.folder / MANIFEST, SECONDS_TO_LOOK)
    with nursery():
        step = _differing(exercise, seen.steps, dataset, bounds)
    repair, tried = _repair(exercise, seen.candidates, dataset, (bounds, cache), deadline, progress)
    return Why(step, repair, tried, finished=repair is not None or tried == len(seen.candidates))


def _repair(
    exercise: Exercise,
    candidates: Sequence[Candidate],
    dataset: Dataset,
    how: tuple[Limits, Path | None],
    deadline: float,
    progress: Progress,
) -> tuple[Candidate | None, int]:
    """The first candidate that no world tells from the reference, and how many were tried."""
    todo: queue.SimpleQueue[tuple[int, Candidate]] = queue.SimpleQueue()
    for numbered in enumerate(candidates):
        todo.put(numbered)
    found: dict[int, Candidate] = {}
    limits, cache = how

    def work(stop: threading.Event) -> None:
        trial = Trial(exercise, dataset, limits=limits, cache=cache)
        try:
            while not (stop.is_set() or found or time.monotonic() > deadline):
                number, candidate = todo.get_nowait()
                if trial.run(candidate.sql) == Alike():
                    found[number] = candidate
                progress(len(candidates) - todo.qsize(), len(candidates))
        except queue.Empty:
            return
        finally:
            trial.close()

    work_through(work, todo.qsize())
    tried = len(candidates) - todo.qsize()
    return (found[min(found)] if found else None), tried


def _differing(exercise: Exercise, mine: Sequence[tuple[str, str]], dataset: Dataset, limits: Limits) -> str | None:
    """The first step of the answer whose rows differ from the step of that name in the reference."""
    theirs = dict(_reference_steps(exercise))
    for name, sql in mine:
        if name in theirs and _differs(exercise, sql, theirs[name], dataset, limits):
            return name
    return None


def _reference_steps(exercise: Exercise) -> Iterator[tuple[str, str]]:
    from checker.mutant import NotOneStatement, parse  # noqa: PLC0415 - the reference is its author's, and trusted
    from checker.steps import steps  # noqa: PLC0415

    try:
        yield from steps(parse(exercise.reference.read_text(encoding="utf-8-sig")))
    except NotOneStatement:
        return


def _differs(exercise: Exercise, mine: str, theirs: str, dataset: Dataset, limits: Limits) -> bool:
    """Whether two steps differ on some world in the columns that both have."""
    names = {name.lower() for name, _ in _columns(mine, dataset, limits)}
    shared = [(name, kind) for name, kind in _columns(theirs, dataset, limits) if name.lower() in names]
    if not shared:
        return False
    listed = ", ".join('"' + name.replace('"', '""') + '"' for name, _ in shared)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "reference.sql").write_text(f"SELECT {listed} FROM ({theirs}) AS step", encoding="utf-8")
        output = tuple(OutputColumn(name, kind, "") for name, kind in shared)
        compared = replace(exercise, folder=Path(folder), output=output, order=Order(), accepts=())
        trial = Trial(compared, dataset, limits=limits, cache=None)
        try:
            return isinstance(trial.run(f"SELECT {listed} FROM ({mine}) AS step"), Told)
        except (ExerciseError, RunnerError):
            return False
        finally:
            trial.close()


def _columns(sql: str, dataset: Dataset, limits: Limits) -> tuple[tuple[str, str], ...]:
    with QueryRun(limits) as run:
        try:
            run.open(dataset, sql)
        except QueryStopped:
            return ()
        return run.columns
