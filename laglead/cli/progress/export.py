"""`laglead progress export FILE`: what you have done, as a file to take along."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from laglead import journal, workspace
from laglead.errors import Mistake
from laglead.terminal import clean

ORDER = 1


def command(
    file: Annotated[Path, typer.Argument(help="The file to write, - for standard output.", metavar="FILE")],
    force: Annotated[bool, typer.Option("--force", help="Write although the file is there.")] = False,
) -> None:
    """Write every readable line of your progress into a file."""
    here = workspace.needed()
    lines = journal.read(here.progress).lines
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    if str(file) == "-":
        sys.stdout.write(text)
        return
    if file.exists() and not force:
        raise Mistake(f"{file}: there is a file of that name. Choose another one, or add --force")
    unfinished = file.with_name(f"{file.name}.incoming")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    typer.echo(clean(f"{len(lines)} events are in {file}. Elsewhere: laglead progress import {file.name}"))
