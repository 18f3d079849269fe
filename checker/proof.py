"""The proof of an exercise: every mutant of its reference is killed, proved equivalent, waived, or alive.

Two processes at a time judge mutants, each with a reference of its own. What was judged is kept by
content: the reference, its contract, the data, the engine and this package's own code.
"""

from __future__ import annotations

import hashlib
import json
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from importlib.metadata import version
from pathlib import Path

from checker import equivalences, kept, waiver
from checker.dataset import Dataset
from checker.errors import ExerciseError
from checker.exercise import Exercise
from checker.limits import Limits
from checker.mutant import Mutant, NotOneStatement, mutants, parse
from checker.profile import Profile
from checker.sql_writer import write
from checker.trial import Alike, Invalid, Outcome, Told, Trial
from checker.waiver import Waiver
from checker.workers import work_through

Progress = Callable[[int, int], None]


class Bucket(Enum):
    """What became of a mutant."""

    INVALID = "invalid"
    KILLED = "killed"
    EQUIVALENT = "equivalent"
    WAIVED = "waived"
    ALIVE = "alive"


@dataclass(frozen=True, slots=True)
class Judged:
    """A mutant with its bucket and why: how it was told, the rule's claim, the waiver's reason.

    `world` is the smallest world that tells it, `worlds` are all that do; `contradicted` is the rule
    that calls equivalent what was told.
    """

    mutant: Mutant
    bucket: Bucket
    why: str
    world: int | None = None
    worlds: tuple[int, ...] = ()
    contradicted: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """All mutants of one reference; `problems` are what is wrong with its waivers and with the rules."""

    judged: tuple[Judged, ...]
    problems: tuple[ExerciseError, ...] = ()

    def count(self, bucket: Bucket) -> int:
        """How many mutants are in a bucket."""
        return sum(judged.bucket is bucket for judged in self.judged)

    def of(self, bucket: Bucket) -> Iterator[Judged]:
        """The mutants of a bucket."""
        return (judged for judged in self.judged if judged.bucket is bucket)


def prove(
    exercise: Exercise,
    dataset: Dataset,
    *,
    cache: Path | None = None,
    limits: Limits | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Proof:
    """Judge every mutant of the reference; ExerciseError or RunnerError when the reference itself does not run."""
    sql = exercise.reference.read_text(encoding="utf-8-sig")
    try:
        tree = parse(sql, profile_of(dataset))
    except NotOneStatement as problem:
        raise ExerciseError(exercise.reference, 1, f"the reference cannot be mutated: {problem}") from problem
    made = mutants(tree)
    control = write(tree.root, pretty=True)
    texts = [control, *(mutant.sql for mutant in made)]
    unchanged, *outcomes = _outcomes(exercise, dataset, texts, cache, limits or Limits(threads=1), progress)
    if unchanged != Alike():
        raise ExerciseError(
            exercise.reference, 1, f"written from its tree it is another query ({unchanged}); simplify it"
        )
    waivers = waiver.read(exercise)
    judged = []
    for mutant, outcome in zip(made, outcomes, strict=True):
        rule = equivalences.proved(tree, mutant)
        judged.append(_judged(mutant, outcome, rule, waivers.get(mutant.id), waiver.seal(tree, mutant)))
    return Proof(tuple(judged), tuple(_problems(exercise, judged, waivers)))


def profile_of(dataset: Dataset) -> Profile:
    """The schema of a data set as operators and rules read it."""
    described = {
        name: {
            "columns": [asdict(column) for column in table.columns],
            "keys": table.keys,
            "references": [asdict(reference) for reference in table.references],
        }
        for name, table in dataset.catalog.tables.items()
    }
    return Profile.from_manifest({"tables": described})


def _judged(
    mutant: Mutant, outcome: Outcome, rule: equivalences.Rule | None, waived: Waiver | None, seal: str
) -> Judged:
    match outcome:
        case Invalid(reason):
            return Judged(mutant, Bucket.INVALID, reason)
        case Told(how, world, worlds):
            return Judged(mutant, Bucket.KILLED, how, world, worlds, rule.name if rule is not None else None)
    if rule is not None:
        return Judged(mutant, Bucket.EQUIVALENT, f"{rule.name}: {rule.claim}")
    if waived is not None and waived.seal == seal:
        return Judged(mutant, Bucket.WAIVED, f"{waived.reason} ({waived.author})")
    return Judged(mutant, Bucket.ALIVE, f"no world tells it from the reference; seal {seal}")


def _problems(exercise: Exercise, judged: Sequence[Judged], waivers: dict[str, Waiver]) -> Iterator[ExerciseError]:
    file = exercise.folder / waiver.FILE
    waived = {one.mutant.id for one in judged if one.bucket is Bucket.WAIVED}
    for name, found in waivers.items():
        if name not in waived:
            yield ExerciseError(
                file,
                found.line,
                f"the waiver of {name} is stale: the reference, the schema, the operators or the worlds have changed; "
                f"look at it again with: laglead author mutants {exercise.id}",
            )
    valid = sum(one.bucket is not Bucket.INVALID for one in judged)
    most = int(waiver.CAP * valid)
    if len(waived) > most:
        yield ExerciseError(
            file, 1, f"{len(waived)} of {valid} mutants are waived, at most {most} may be; tell some by worlds or rules"
        )
    for one in judged:
        if one.contradicted is not None:
            yield ExerciseError(
                exercise.reference,
                one.mutant.line,
                f"the rule {one.contradicted} calls {one.mutant.id} equivalent, but world {one.world} tells it; "
                "mend the rule in checker/equivalence/",
            )


def _outcomes(
    exercise: Exercise,
    dataset: Dataset,
    texts: Sequence[str],
    cache: Path | None,
    limits: Limits,
    progress: Progress,
) -> list[Outcome]:
    """The outcome of each query, from the cache or from its own child."""
    file = None if cache is None else cache / f"proof-{_key(exercise, dataset)}.json"
    known = kept.read(file)
    todo: queue.SimpleQueue[str] = queue.SimpleQueue()
    for text in texts:
        if text not in known:
            todo.put(text)
    progress(len(texts) - todo.qsize(), len(texts))

    def work(stop: threading.Event) -> None:
        trial = Trial(exercise, dataset, limits=limits, cache=cache)
        try:
            while not stop.is_set():
                text = todo.get_nowait()
                known[text] = trial.run(text)
                progress(len(texts) - todo.qsize(), len(texts))
        except queue.Empty:
            return
        finally:
            trial.close()

    try:
        work_through(work, todo.qsize())
    finally:
        kept.write(file, known)  # a stopped proof goes on from what it has judged
    return [known[text] for text in texts]


def _key(exercise: Exercise, dataset: Dataset) -> str:
    parts = {
        "reference": exercise.reference.read_text(encoding="utf-8-sig"),
        "contract": [[c.name, c.type, c.unordered] for c in exercise.output],
        "order": exercise.order.by,
        "tolerance": [exercise.tolerance.relative, exercise.tolerance.absolute],
        "blocks": ["base", *exercise.thresholds],
        "worlds": dataset.digest,
        "engine": version("duckdb"),
        "code": kept.code_digest(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
