"""`laglead init`: makes a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from laglead import workspace
from laglead.terminal import clean

ORDER = 10


def command(
    directory: Annotated[Path, typer.Argument(help="The folder to make.")] = Path(),
    log: Annotated[str, typer.Option(help="Where the practice log goes, seen from there.")] = "data",
) -> None:
    """Make a workspace: laglead.toml, answers/, progress.jsonl and data/."""
    made, new = workspace.create(directory, log)
    made.progress.touch()
    made.data.mkdir(parents=True, exist_ok=True)
    typer.echo(clean(f"{'Made a workspace' if new else 'There already is a workspace'} in {directory}"))
    step = "laglead generate" if directory == Path() else f"cd {directory} && laglead generate"
    typer.echo(clean(f"Next: {step}"))
