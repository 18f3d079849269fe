"""`laglead author verify [ID...]`: proves that exercises tell right from wrong."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from laglead import curriculum
from laglead.errors import PASSED, WRONG
from laglead.output import print_json

ORDER = 20
SEEDS = (42, 43, 44)


class Report(StrEnum):
    """What `--format` may be."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    SARIF = "sarif"


def command(
    names: Annotated[
        list[str] | None, typer.Argument(help="Ids or folders; all exercises without.", metavar="ID")
    ] = None,
    root: Annotated[Path | None, typer.Option(help="The folder of exercises.")] = None,
    seed: Annotated[list[int] | None, typer.Option(help="Judge on the log of this seed; may be repeated.")] = None,
    fast: Annotated[bool, typer.Option("--fast", help="One seed instead of three.")] = False,
    data: Annotated[Path | None, typer.Option(help="Judge on the data set in this folder instead.")] = None,
    output: Annotated[Report, typer.Option("--format", help="text, json, junit or sarif.")] = Report.TEXT,
) -> None:
    """Prove exercises: folder, answers, orders, and every mutant of the reference."""
    from checker.verification import verify  # noqa: PLC0415 - sqlglot is slow to import
    from laglead import authoring, verification_report  # noqa: PLC0415
    from laglead.steps import Steps  # noqa: PLC0415

    place = root or curriculum.root()
    folders = authoring.folders(place, names or [])
    sets = authoring.datasets(seed or (SEEDS[:1] if fast else SEEDS), place, data)
    found = []
    for folder in folders:
        with Steps() as steps:
            one = verify(folder, sets, cache=authoring.cache_of_proofs(), progress=steps.step)
        found.append(one)
        if output is Report.TEXT:
            typer.echo(verification_report.line(one))
    match output:
        case Report.TEXT:
            typer.echo(verification_report.summary(found))
        case Report.JSON:
            print_json(verification_report.as_json(found))
        case Report.JUNIT:
            typer.echo(verification_report.as_junit(found))
        case Report.SARIF:
            typer.echo(json.dumps(verification_report.as_sarif(found)))
    raise typer.Exit(PASSED if all(one.passed for one in found) else WRONG)
