"""`laglead author suggest ID`: wrong answers to take over, from mutants that no wrong answer is like."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laglead import curriculum, workspace
from laglead.errors import Mistake
from laglead.output import Format, FormatOption, print_json
from laglead.terminal import clean

if TYPE_CHECKING:
    from checker.suggestion import Suggestion

ORDER = 40


def command(
    name: Annotated[str, typer.Argument(help="An id or a folder.", metavar="ID")],
    most: Annotated[int, typer.Option(help="How many to propose.")] = 6,
    write: Annotated[list[str] | None, typer.Option(help="Write this mutant, such as W04.1, into wrong/.")] = None,
    root: Annotated[Path | None, typer.Option(help="The folder of exercises.")] = None,
    data: Annotated[Path | None, typer.Option(help="Judge on the data set in this folder instead.")] = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """Propose wrong answers with their messages, the likeliest mistakes that are not there yet."""
    from checker.exercise import load  # noqa: PLC0415
    from checker.suggestion import suggest  # noqa: PLC0415 - sqlglot is slow to import
    from laglead import authoring  # noqa: PLC0415

    place = root or curriculum.root()
    exercise = load(authoring.folders(place, [name])[0])
    dataset = authoring.datasets((authoring.FIRST_SEED,), place, data)[0]
    found = suggest(exercise, dataset, cache=authoring.cache_of_proofs())
    if write:
        for identity in write:
            typer.echo(f"Written: {workspace.shown(_write(exercise.folder, _of_id(found, identity)))}")
        return
    shown = found[:most]
    if output is Format.JSON:
        print_json({"exercise": exercise.id, "suggestions": [{"id": s.id, "text": s.text} for s in shown]})
        return
    for one in shown:
        typer.echo(clean(f"== {one.id}, told by {one.worlds} worlds\n{one.text}"))
    more = f"Take one over: laglead author suggest {exercise.id} --write {shown[0].id}" if shown else ""
    typer.echo(more or "Nothing to propose: the wrong answers are like every mutant already.")


def _of_id(found: tuple[Suggestion, ...], wanted: str) -> Suggestion:
    for one in found:
        if one.id == wanted:
            return one
    raise Mistake(f"{wanted} is not among the suggestions. See them: laglead author suggest ID --most 100")


def _write(folder: Path, one: Suggestion) -> Path:
    path = folder / "wrong" / f"{re.sub(r'[^a-z0-9]+', '_', one.name)}_{one.id.lower().replace('.', '_')}.sql"
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        raise Mistake(f"{workspace.shown(path)} is there already; it is not overwritten")
    path.write_text(one.text, encoding="utf-8")
    return path
