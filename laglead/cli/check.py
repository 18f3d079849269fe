"""`laglead check ID|FILE`: judges an answer and shows the verdict."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from checker.check import check
from checker.dataset import Dataset, open_dataset
from checker.errors import AnswerMissing
from checker.exercise import Exercise
from checker.limits import Limits
from checker.verdict import Broken, Differs, Nondeterministic, Passed, Refused, Report, TimedOut
from laglead import curriculum, workspace
from laglead.attempt import note, upcoming
from laglead.cachefolder import cache_folder
from laglead.errors import MISTAKE, PASSED, WRONG, Mistake
from laglead.output import Format, FormatOption, print_json
from laglead.scaling import scaling_json, scaling_text
from laglead.verdict_json import report_json
from laglead.verdict_text import screen
from laglead.why_text import why_json, why_lines

if TYPE_CHECKING:
    from checker.scale import Scaling
    from checker.why import Why

ORDER = 50


def command(
    exercise: Annotated[str, typer.Argument(help="An id, a number, or an answer file named <id>.sql.", metavar="ID")],
    answer: Annotated[Path | None, typer.Option(help="Judge this file instead of answers/<id>.sql.")] = None,
    deep: Annotated[
        bool, typer.Option("--deep", help="Then run a right answer with other threads and orders of the log's rows.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Then look for the mistake: up to a minute more.")] = False,
    scale: Annotated[bool, typer.Option("--scale", help="Then grow the log to 4x and 16x under it.")] = False,
    output: FormatOption = Format.TEXT,
) -> None:
    """Check an answer on the practice log and on hundreds of tiny databases."""
    found = curriculum.find(exercise)
    here = workspace.needed()
    path = answer or (Path(exercise) if exercise.endswith(".sql") else here.answer(found))
    data = open_dataset(here.data)
    try:
        report = _deeply(found, path, data) if deep else check(found, path, data, cache=cache_folder())
    except AnswerMissing:
        raise Mistake(f"{workspace.shown(path)}: there is no answer yet. Begin: laglead show {found.id}") from None
    if answer is None:
        note(here, found, report)
    if output is Format.JSON:
        sought = _why(found, report, data) if why else None
        grown = {"scaling": scaling_json(_scaling(found, report, data))} if scale else {}
        print_json(report_json(report) | ({"why": why_json(sought)} if why else {}) | grown)
    else:
        typer.echo(screen(report, found, workspace.shown(path), report.sql, _next(report, found, here)))
        sys.stdout.flush()
        if answer is not None:
            typer.echo("Judged with --answer: not written down as an attempt.", err=True)
        sought = _why(found, report, data) if why else None
        if sought is not None:
            typer.echo("\n".join(why_lines(sought)))
        if scale:
            typer.echo(scaling_text(_scaling(found, report, data)))
    raise typer.Exit(exit_code(report))


def _deeply(exercise: Exercise, path: Path, data: Dataset) -> Report:
    from laglead.steps import Steps  # noqa: PLC0415 - most checks do not ask

    with Steps() as steps:
        return check(
            exercise,
            path,
            data,
            cache=cache_folder(),
            deep=lambda done, total: steps.step("running the log again", done, total),
        )


def _why(exercise: Exercise, report: Report, data: Dataset) -> Why | None:
    """What the mistake is; None for an answer that is not wrong but right or no query."""
    from checker.why import why  # noqa: PLC0415 - most checks do not ask
    from laglead.steps import Steps  # noqa: PLC0415

    if not isinstance(report.verdict, Differs | Nondeterministic):
        return None
    with Steps() as steps:
        return why(
            exercise,
            report.sql,
            data,
            cache=cache_folder(),
            progress=lambda done, total: steps.step("looking for the mistake", done, total),
        )


def _scaling(exercise: Exercise, report: Report, data: Dataset) -> Scaling | None:
    """How the answer's cost grows beside the reference's; None for an answer that does not run."""
    from checker.scale import measure  # noqa: PLC0415 - most checks do not ask
    from laglead.steps import Steps  # noqa: PLC0415

    if isinstance(report.verdict, Broken | Refused | TimedOut):
        return None
    with Steps() as steps:
        return measure(
            report.sql,
            exercise.reference,
            data,
            limits=Limits(),
            progress=lambda done, total: steps.step("growing the log", done, total),
        )


def exit_code(report: Report) -> int:
    """0 passed, 1 differs, 2 the learner's mistake."""
    match report.verdict:
        case Passed():
            return PASSED
        case Differs() | Nondeterministic():
            return WRONG
        case Broken() | Refused() | TimedOut():
            return MISTAKE
        case _:
            assert_never(report.verdict)


def _next(report: Report, exercise: Exercise, here: workspace.Workspace) -> str:
    if not isinstance(report.verdict, Passed):
        return f"stuck? laglead hint {exercise.id}"
    more = f"why, and other ways: laglead reveal {exercise.id}"
    following = upcoming(here, exercise)
    return f"{more}\nnext: laglead show {following.id}" if following else more
