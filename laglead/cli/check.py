"""`laglead check ID|FILE`: judges an answer and shows the verdict."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, assert_never

import typer

from checker.check import check
from checker.dataset import Dataset, open_dataset
from checker.errors import AnswerMissing
from checker.exercise import Exercise
from checker.limits import Limits
from checker.verdict import Broken, Differs, Nondeterministic, Passed, Refused, Report, TimedOut
from laglead import after_pass, curriculum, freshness, workspace
from laglead.attempt import is_starter, note, upcoming
from laglead.cachefolder import cache_folder
from laglead.errors import MISTAKE, PASSED, WRONG, Mistake
from laglead.other_logs import PRACTICE, log_of, name_of, named
from laglead.output import Format, FormatOption, print_json
from laglead.scaling import scaling_json, scaling_text
from laglead.verdict_json import report_json
from laglead.verdict_text import screen
from laglead.why_text import why_json, why_lines

if TYPE_CHECKING:
    from checker.price import Reading
    from checker.scale import Scaling
    from checker.why import Why

ORDER = 50


def command(
    exercise: Annotated[str, typer.Argument(help="An id, a number, or an answer file named <id>.sql.", metavar="ID")],
    answer: Annotated[
        Path | None, typer.Option(help="Judge this file instead of answers/<id>.sql; not written down as an attempt.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Judge on the log of another seed, made now if need be.", min=0)
    ] = None,
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
    practice = open_dataset(here.data)
    data = practice if seed is None else log_of(seed, practice)
    other = None if data is practice else seed
    freshness.ensure(found, data)
    report = _judged(found, path, data, deep=deep)
    if answer is None:
        note(here, found, report, seed=other)
    judged = Judged(found, report, data, other)
    if output is Format.JSON:
        print_json(_as_json(judged, why=why, scale=scale))
    else:
        _show(judged, here, path, why=why, scale=scale)
        if answer is not None:
            typer.echo("Judged with --answer: not written down as an attempt.", err=True)
    raise typer.Exit(exit_code(report))


@dataclass(frozen=True, slots=True)
class Judged:
    """A report with what it is about; `seed` is None on the practice log."""

    exercise: Exercise
    report: Report
    data: Dataset
    seed: int | None


def _judged(exercise: Exercise, path: Path, data: Dataset, *, deep: bool) -> Report:
    try:
        return _deeply(exercise, path, data) if deep else check(exercise, path, data, cache=cache_folder())
    except AnswerMissing:
        raise Mistake(f"{workspace.shown(path)}: there is no answer yet. Begin: laglead show {exercise.id}") from None


def _as_json(judged: Judged, *, why: bool, scale: bool) -> dict[str, Any]:
    found = report_json(judged.report)
    if judged.seed is not None:
        found |= {"seed": judged.seed}
    if why:
        found |= {"why": why_json(_why(judged.exercise, judged.report, judged.data))}
    if scale:
        found |= {"scaling": scaling_json(_scaling(judged.exercise, judged.report, judged.data))}
    if judged.exercise.accepts and isinstance(judged.report.verdict, Passed):
        found |= {"readings": after_pass.readings_json(_readings(judged))}
    return found


def _show(judged: Judged, here: workspace.Workspace, path: Path, *, why: bool, scale: bool) -> None:
    report, exercise = judged.report, judged.exercise
    log = PRACTICE if judged.seed is None else name_of(judged.seed)
    shown = report if judged.seed is None else named(report, judged.seed)
    step = _next(shown, exercise, here, judged.seed)
    typer.echo(screen(shown, exercise, workspace.shown(path), report.sql, step, log=log))
    sys.stdout.flush()
    if isinstance(report.verdict, Passed):
        for line in _worth(judged):
            typer.echo(line)
    sought = _why(exercise, report, judged.data) if why else None
    if sought is not None:
        typer.echo("\n".join(why_lines(sought)))
    if scale:
        typer.echo(scaling_text(_scaling(exercise, report, judged.data)))


def _worth(judged: Judged) -> list[str]:
    """What a right answer costs: measuring it takes a second, so only for somebody who looks on."""
    if not sys.stdout.isatty():
        return after_pass.price_text(_readings(judged))
    return after_pass.as_text(after_pass.measure(judged.exercise, judged.report.judged, judged.data, cache_folder()))


def _readings(judged: Judged) -> tuple[Reading, ...]:
    if not judged.exercise.accepts:
        return ()
    from checker.price import price  # noqa: PLC0415 - most exercises have one reading

    return price(judged.exercise, judged.report.judged, judged.data, limits=Limits(), cache=cache_folder())


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
            report.judged,
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
            report.judged,
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


def _next(report: Report, exercise: Exercise, here: workspace.Workspace, seed: int | None) -> str:
    if not isinstance(report.verdict, Passed):
        starter = is_starter(exercise, report.sql)
        where = workspace.shown(here.answer(exercise))
        begin = f"this is still the starter: write your query into {where}\n" if starter else ""
        return f"{begin}stuck? laglead hint {exercise.id}"
    following = upcoming(here, exercise)
    steps = [
        f"why, and other ways: laglead reveal {exercise.id}",
        f"another log: laglead check {exercise.id} --seed {43 if seed is None else seed + 1}",
        *([f"next: laglead show {following.id}"] if following else []),
    ]
    return "\n".join(steps)
