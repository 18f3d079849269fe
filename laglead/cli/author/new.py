"""`laglead author new TRACK/SLUG`: the folder of a new exercise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from laglead import curriculum, workspace
from laglead.errors import Mistake
from laglead.output import Format, FormatOption, print_json
from laglead.terminal import clean

ORDER = 10


def command(
    name: Annotated[str, typer.Argument(help="The track and the new id.", metavar="TRACK/SLUG")],
    root: Annotated[Path | None, typer.Option(help="The folder of exercises.")] = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """Make the folder of a new exercise, a small one that verifies."""
    from laglead.scaffold import scaffold  # noqa: PLC0415

    track, _, slug = name.partition("/")
    if not track or not slug or "/" in slug:
        raise Mistake(f"'{name}': write the track and the new id, such as sessionization/long_breaks")
    folder = scaffold(root or curriculum.root(), track, slug)
    if output is Format.JSON:
        print_json({"id": slug, "folder": str(folder)})
        return
    shown = workspace.shown(folder)
    typer.echo(clean(f"Made {shown}: a small exercise that verifies. Turn it into yours, file by file."))
    typer.echo(f"Next: laglead author verify {slug} --fast   (docs/authoring.md shows the way)")
