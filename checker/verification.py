"""Verifies one exercise: its folder, its answers on every data set, its orders, its mutants."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker import distilled, finished, holding, permutations, proof
from checker.dataset import Dataset
from checker.errors import ExerciseError, RunnerError
from checker.exercise import Exercise, load
from checker.mutant import Mutant
from checker.proof import Bucket, Proof

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found out about one exercise; `proof` is None where it did not come to that.

    `notes` are no problems: what an author should know, such as distilled worlds that are old.
    """

    id: str
    folder: Path
    problems: tuple[ExerciseError, ...]
    seeds: tuple[int, ...] = ()
    right: int = 0
    wrong: int = 0
    orders: int = 0
    proof: Proof | None = None
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.problems


def verify(
    folder: Path,
    datasets: Sequence[Dataset],
    *,
    cache: Path,
    progress: Progress = lambda _name, _done, _total: None,
) -> Verification:
    """Everything that makes the exercise in `folder` finished, on the first data set all of it."""
    started = time.perf_counter()
    try:
        exercise = load(folder)
    except ExerciseError as problem:
        return Verification(folder.name.partition("_")[2] or folder.name, folder, (problem,))
    found = list(finished.problems(exercise, frozenset(datasets[0].catalog.tables)))
    proved: Proof | None = None
    orders, old = 0, None
    if not any(problem.file.name == "exercise.md" for problem in found):
        try:
            found += _of_answers(exercise, datasets, cache, progress)
            if not any(problem.file == exercise.reference for problem in found):
                progress(f"{exercise.id}: orders", 0, 1)
                found += permutations.problems(exercise, permutations.prepare(datasets[0], cache))
                orders = permutations.ORDERS
                proved = _proved(exercise, datasets[0], cache, progress)
                found += [*proved.problems, *_alive(exercise, proved)]
                old = distilled.stale(folder, proved, datasets[0].catalog.seed)
        except ExerciseError as problem:
            found.append(problem)
        except RunnerError as problem:
            found.append(ExerciseError(exercise.reference, 1, str(problem)))
    return Verification(
        id=exercise.id,
        folder=folder,
        problems=tuple(dict.fromkeys(found)),
        seeds=tuple(dataset.catalog.seed for dataset in datasets),
        right=len(exercise.right),
        wrong=len(exercise.wrong),
        orders=orders,
        proof=proved,
        seconds=time.perf_counter() - started,
        notes=() if old is None else (old,),
    )


def _of_answers(
    exercise: Exercise, datasets: Sequence[Dataset], cache: Path, progress: Progress
) -> list[ExerciseError]:
    """The problems of the answers on the first data set that shows any."""
    for number, dataset in enumerate(datasets):
        progress(f"{exercise.id}: answers", number, len(datasets))
        found = list(holding.problems(exercise, dataset, cache))
        if found and number:
            return [ExerciseError(p.file, p.line, f"with seed {dataset.catalog.seed}: {p.problem}") for p in found]
        if found:
            return found
    return []


def _proved(exercise: Exercise, dataset: Dataset, cache: Path, progress: Progress) -> Proof:
    return proof.prove(
        exercise,
        dataset,
        cache=cache,
        progress=lambda done, total: progress(f"{exercise.id}: mutants", done, total),
    )


def _alive(exercise: Exercise, proved: Proof) -> list[ExerciseError]:
    found = []
    for judged in proved.of(Bucket.ALIVE):
        mutant = judged.mutant
        what = f"mutant {mutant.id} is alive: no world shows that {_change(mutant)} is wrong"
        look = f"laglead author mutants {exercise.id} --mutant {mutant.id}"
        found.append(ExerciseError(exercise.reference, mutant.line, f"{what}; look: {look}"))
    return found


def _change(mutant: Mutant) -> str:
    old, new = (text if len(text) <= 60 else text[:57] + "..." for text in (mutant.before, mutant.after))
    if not old:
        return f"adding {new!r}"
    return f"{new!r} for {old!r}" if new else f"dropping {old!r}"
