"""The two ways in which a command answers: text for people, one JSON object for programs."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer


class Format(StrEnum):
    """What `--format` may be."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="text for people, json for programs.")]


def print_json(value: dict[str, Any]) -> None:
    """Exactly one JSON object on stdout, in ASCII, so that no terminal can be redrawn by it."""
    typer.echo(json.dumps(value, ensure_ascii=True))
