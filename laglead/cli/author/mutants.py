"""`laglead author mutants ID`: each mutant of a reference, and which world tells it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from laglead import curriculum
from laglead.errors import PASSED, WRONG, Mistake
from laglead.output import Format, FormatOption, print_json
from laglead.terminal import clean, paint, shorten, width

if TYPE_CHECKING:
    from checker.proof import Judged, Proof

ORDER = 30
COLOURS = {"alive": "red", "killed": "green"}


def command(
    name: Annotated[str, typer.Argument(help="An id or a folder.", metavar="ID")],
    mutant: Annotated[str | None, typer.Option(help="Show this one whole, such as W04.1.")] = None,
    alive: Annotated[bool, typer.Option("--alive", help="Only those that nothing tells.")] = False,
    root: Annotated[Path | None, typer.Option(help="The folder of exercises.")] = None,
    data: Annotated[Path | None, typer.Option(help="Judge on the data set in this folder instead.")] = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """Show every mutant of a reference, what became of it, and the smallest world that tells it."""
    from checker.exercise import load  # noqa: PLC0415
    from checker.proof import Bucket, prove  # noqa: PLC0415 - sqlglot is slow to import
    from laglead import authoring  # noqa: PLC0415
    from laglead.steps import Steps  # noqa: PLC0415

    place = root or curriculum.root()
    exercise = load(authoring.folders(place, [name])[0])
    sets = authoring.datasets((authoring.FIRST_SEED,), place, data)
    with Steps() as steps:
        found = prove(
            exercise,
            sets[0],
            cache=authoring.cache_of_proofs(),
            progress=lambda done, total: steps.step("mutants", done, total),
        )
    chosen = [one for one in found.judged if not alive or one.bucket is Bucket.ALIVE]
    if mutant is not None:
        chosen = [_of_id(found, mutant)]
    if output is Format.JSON:
        print_json({"exercise": exercise.id, "mutants": [_as_json(one) for one in chosen]})
    elif mutant is not None:
        typer.echo(clean(_whole(chosen[0])))
    else:
        typer.echo("\n".join(_line(one) for one in chosen) or "No mutant is alive.")
        typer.echo(f"Next: laglead author mutants {exercise.id} --mutant ID shows one whole")
    raise typer.Exit(WRONG if found.count(Bucket.ALIVE) else PASSED)


def _of_id(found: Proof, wanted: str) -> Judged:
    for one in found.judged:
        if one.mutant.id == wanted:
            return one
    raise Mistake(f"There is no mutant {wanted}. See them all: laglead author mutants ID")


def _line(one: Judged) -> str:
    bucket = one.bucket.value
    where = f"{one.mutant.step or 'final'}:{one.mutant.line}"
    change = f"{one.mutant.before or '(nothing)'} -> {one.mutant.after or '(nothing)'}"
    why = f"world {one.world}: {one.why}" if one.world is not None else one.why
    head = f"{one.mutant.id:7}{paint(f'{bucket:11}', COLOURS.get(bucket, 'dim'))}{where}  "
    return head + clean(shorten(f"{change}  [{why}]", max(30, width() - len(where) - 20)))


def _whole(one: Judged) -> str:
    world = f"\nsmallest world: {one.world} of {len(one.worlds)}" if one.world is not None else ""
    head = f"{one.mutant.id} {one.bucket.value}: {one.why}{world}"
    return f"{head}\n{one.mutant.mistake}\n\n{one.mutant.sql}"


def _as_json(one: Judged) -> dict[str, Any]:
    return {
        "id": one.mutant.id,
        "bucket": one.bucket.value,
        "why": one.why,
        "mistake": one.mutant.mistake,
        "step": one.mutant.step,
        "line": one.mutant.line,
        "before": one.mutant.before,
        "after": one.mutant.after,
        "sql": one.mutant.sql,
        "world": one.world,
        "worlds": len(one.worlds),
    }
