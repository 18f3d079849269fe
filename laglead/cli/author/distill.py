"""`laglead author distill [ID...]`: the few worlds that tell every mutant which all worlds tell."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from laglead import curriculum, workspace
from laglead.errors import PASSED
from laglead.output import Format, FormatOption, print_json
from laglead.terminal import clean

ORDER = 35


def command(
    names: Annotated[
        list[str] | None, typer.Argument(help="Ids or folders; all exercises without.", metavar="ID")
    ] = None,
    root: Annotated[Path | None, typer.Option(help="The folder of exercises.")] = None,
    data: Annotated[Path | None, typer.Option(help="Judge on the data set in this folder instead.")] = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """Find the few worlds that tell every mutant which all worlds tell, and keep them in distilled.json."""
    from checker import distilled  # noqa: PLC0415 - sqlglot is slow to import
    from checker.exercise import load  # noqa: PLC0415
    from checker.proof import prove  # noqa: PLC0415
    from laglead import authoring  # noqa: PLC0415
    from laglead.steps import Steps  # noqa: PLC0415

    place = root or curriculum.root()
    folders = authoring.folders(place, names or [])
    dataset = authoring.datasets((authoring.FIRST_SEED,), place, data)[0]
    found = []
    for folder in folders:
        exercise = load(folder)
        with Steps() as steps:
            proof = prove(
                exercise,
                dataset,
                cache=authoring.cache_of_proofs(),
                progress=lambda done, total, steps=steps, name=exercise.id: steps.step(  # type: ignore[misc]
                    f"{name}: mutants", done, total
                ),
            )
        one = distilled.distil(proof, dataset.catalog.seed)
        file = distilled.write(folder, one)
        found.append({"exercise": exercise.id, "file": workspace.shown(file), **asdict(one)})
        if output is Format.TEXT:
            said = f"{exercise.id}: {len(one.worlds)} of {one.of} worlds tell all {one.told} mutants"
            typer.echo(clean(f"{said}  ({workspace.shown(file)})"))
    if output is Format.JSON:
        print_json({"exercises": found})
    raise typer.Exit(PASSED)
