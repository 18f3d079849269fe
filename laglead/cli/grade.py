"""`laglead grade DIR`: judges a class."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.dataset import Dataset, open_dataset
from checker.exercise import Exercise
from laglead import curriculum, workspace
from laglead.cachefolder import cache_folder
from laglead.errors import FAULT, INTERRUPTED, PASSED, Mistake, Stop
from laglead.grading import reports, roster, similarity
from laglead.grading.gradebook import Gradebook, gradebook
from laglead.grading.judging import Judging
from laglead.grading.kept import Kept
from laglead.grading.roster import Roster
from laglead.steps import Steps

ORDER = 96
JOURNAL = "journal.jsonl"
NAME = "grades"


class Form(StrEnum):
    """What `--format` may be: the modules of laglead/grading/reports/."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    HTML = "html"


class Interrupted(Stop):
    """Ctrl-C, with how to go on."""

    code = INTERRUPTED


def command(
    folder: Annotated[Path, typer.Argument(help="The class: DIR/LEARNER/ID.sql.", metavar="DIR")],
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Answers judged at a time.", show_default="one for each processor")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="What is printed; the files are in all forms.")] = Form.TEXT,
    out: Annotated[
        Path | None, typer.Option(help="Where the files go.", show_default="DIR-grades", metavar="FOLDER")
    ] = None,
    exercise: Annotated[
        list[str], typer.Option(help="An exercise that was set; without it, those that anybody answered.", metavar="ID")
    ] = [],  # noqa: B006 - Typer reads it, nobody writes it
) -> None:
    """Judge a class: a table of learners and exercises as CSV, JSON and an HTML page."""
    data = open_dataset(workspace.needed().data)
    found = roster.read(folder, curriculum.exercises())
    target = _target(folder, out)
    asked = [curriculum.find(name) for name in exercise] or list(found.exercises)
    book = _judged(found, asked, data, target, workers or _processors())
    for name in reports.files():
        _write(target / f"{NAME}.{name}", reports.report(name, book))
    typer.echo(reports.report(form.value, book).rstrip("\n"))
    if form is Form.TEXT:
        typer.echo(f"\nNext: open {workspace.shown(target / f'{NAME}.html')} in a browser")
    raise typer.Exit(FAULT if book.unjudged else PASSED)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _target(folder: Path, out: Path | None) -> Path:
    """The folder for the files, which must not be taken for a learner's."""
    whole = folder.resolve()
    target = (out or whole.with_name(f"{whole.name}-grades")).absolute()
    if target.resolve() == whole or whole in target.resolve().parents:
        raise Mistake(f"{target}: the files would lie among the learners' folders. Name another: --out FOLDER")
    target.mkdir(parents=True, exist_ok=True)
    return target


def _judged(found: Roster, asked: list[Exercise], data: Dataset, target: Path, workers: int) -> Gradebook:
    wanted = {exercise.id for exercise in asked}
    submissions = [one for one in found.submissions if one.exercise.id in wanted]
    judging = Judging(submissions, Kept(target / JOURNAL, data))
    try:
        with Steps() as steps:
            judging.run(data, cache=cache_folder(), workers=workers, progress=steps.step)
            steps.step("comparing answers", 0, 1)
            groups = similarity.groups(judging.texts, data.catalog)
    except KeyboardInterrupt:
        done = judging.different - len(judging.waiting)
        said = f"Stopped. {done:,} of {judging.different:,} different answers are judged and kept"
        raise Interrupted(f"{said}. The same command goes on from there.") from None
    return gradebook(found, data, asked, texts=judging.texts, outcomes=judging.outcomes, groups=groups)


def _write(file: Path, text: str) -> None:
    """Whole or not at all."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.incoming")
    try:
        unfinished.write_bytes(text.encode(errors="backslashreplace"))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
