"""Whether an exercise's answers do what their folders say: the reference, the starter, right/ and wrong/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from checker.check import check
from checker.dataset import Dataset
from checker.errors import ExerciseError
from checker.exercise import Exercise
from checker.limits import Limits
from checker.nursery import nursery
from checker.trial import Alike, Invalid, Told, Trial
from checker.verdict import Broken, DataSource, Passed, Refused, Report, Score

PATIENT = Limits(soft_seconds=30, hard_seconds=35)


def problems(exercise: Exercise, dataset: Dataset, cache: Path | None) -> Iterator[ExerciseError]:
    """Everything that is wrong with the answers on one data set; what follows from a broken reference is left out."""
    missing = {"base", *exercise.thresholds} - set(dataset.catalog.world_blocks)
    if missing:
        yield ExerciseError(
            exercise.folder / "exercise.md", 1, f"the data has no worlds for {', '.join(sorted(missing))}"
        )
        return
    with nursery():
        found = list(_of_reference(exercise, dataset, cache))
        yield from found
        if not any(problem.file == exercise.reference for problem in found):
            yield from _of_starter(exercise, dataset, cache)
            yield from _of_right(exercise, dataset, cache)
            yield from _of_wrong(exercise, dataset, cache)


def _of_reference(exercise: Exercise, dataset: Dataset, cache: Path | None) -> Iterator[ExerciseError]:
    report = check(exercise, exercise.reference, dataset, limits=PATIENT, cache=cache)
    verdict = report.verdict
    if not isinstance(verdict, Passed):
        yield ExerciseError(exercise.reference, _line(report), f"the reference does not pass: {_said(report)}")
        return
    scores: dict[DataSource, Score] = {score.source: score for score in verdict.scores}
    worlds, log = scores[DataSource.WORLDS], scores[DataSource.LOG]
    if worlds.dropped:
        total = worlds.total + worlds.dropped
        message = (
            f"the reference changes with the order of its input on {worlds.dropped} of {total} worlds; "
            "add the sort key that breaks the tie"
        )
        yield ExerciseError(exercise.reference, 1, message)
    for warning in verdict.warnings:
        yield ExerciseError(exercise.reference, 1, f"the reference passes with a warning: {warning}")
    if log.total == 0:
        yield ExerciseError(exercise.reference, 1, "the answer is empty on the practice log; ask for something it has")
    for finding in report.findings:
        said = f"lint: {finding.rule} {finding.name}: {finding.message}"
        yield ExerciseError(exercise.reference, finding.line, f"{said}; mend it, or allow it in [lint] allow")


def _of_starter(exercise: Exercise, dataset: Dataset, cache: Path | None) -> Iterator[ExerciseError]:
    report = check(exercise, exercise.starter, dataset, limits=PATIENT, cache=cache, lint=False)
    if isinstance(report.verdict, Passed):
        yield ExerciseError(exercise.starter, 1, "the starter passes; take out what the learner is to find")
    elif isinstance(report.verdict, Broken | Refused):
        yield ExerciseError(exercise.starter, _line(report), f"the starter does not run: {_said(report)}")


def _of_right(exercise: Exercise, dataset: Dataset, cache: Path | None) -> Iterator[ExerciseError]:
    for path in exercise.right:
        report = check(exercise, path, dataset, limits=PATIENT, cache=cache, lint=False)
        if not isinstance(report.verdict, Passed):
            message = f"a right answer fails: {_said(report)}; mend it, the reference or the prompt"
            yield ExerciseError(path, _line(report), message)


def _of_wrong(exercise: Exercise, dataset: Dataset, cache: Path | None) -> Iterator[ExerciseError]:
    trial = Trial(exercise, dataset, limits=PATIENT, cache=cache)
    try:
        for path in exercise.wrong:
            match trial.run(path.read_text(encoding="utf-8-sig")):
                case Alike():
                    message = "a wrong answer passes: no world shows this mistake; add a threshold, or drop it"
                    yield ExerciseError(path, 1, message)
                case Invalid(reason):
                    yield ExerciseError(
                        path, 1, f"a wrong answer does not run: {reason}; a mistake is a query that runs"
                    )
                case Told(how, None):
                    yield ExerciseError(path, 1, f"a wrong answer is told without data ({how}); give it the contract")
                case Told():
                    pass
    finally:
        trial.close()


def _line(report: Report) -> int:
    verdict = report.verdict
    located = verdict.location if isinstance(verdict, Broken | Refused) else None
    return located.line if located is not None else 1


def _said(report: Report) -> str:
    reasons = getattr(report.verdict, "reasons", ()) or getattr(report.verdict, "hints", ())
    return " ".join([report.verdict.message.rstrip("."), *(f"({reason})" for reason in reasons[:1])])
