"""`laglead greet`: a command that a test drops in."""

from __future__ import annotations

import typer

ORDER = 999


def command() -> None:
    """Say hello to whoever asks."""
    typer.echo("hello from one file")
