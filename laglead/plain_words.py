"""Words of a command line that mean themselves: text, paths and choices.

Typer converts every word with pydantic, whose import takes longer than all else that a check loads. Here
a word that needs no converting is taken as it is; all others, and all that is wrong, are Typer's.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.models import OptionInfo

# What would make Typer look at a word more closely than we do.
_SETTINGS = (
    "parser", "case_sensitive", "exists", "file_okay", "dir_okay", "writable", "readable", "resolve_path",
    "allow_dash", "path_type", "min", "max", "clamp", "formats",
)  # fmt: skip
_USUAL = OptionInfo()
_CONVERTER = "_runtime_param"  # where Typer keeps what it loads late; another version may have no such place


class PlainCommand(TyperCommand):
    """A command that loads pydantic only for words that need it."""

    def get_params(self, ctx: Any) -> list[Any]:
        return [_plain(parameter) for parameter in super().get_params(ctx)]


class PlainGroup(TyperGroup):
    """A group of commands that loads pydantic only for words that need it."""

    def get_params(self, ctx: Any) -> list[Any]:
        return [_plain(parameter) for parameter in super().get_params(ctx)]


def _plain(parameter: Any) -> Any:
    one = parameter.nargs == 1 and not getattr(parameter, "multiple", False)
    if one and getattr(parameter, _CONVERTER, parameter) is None:
        setattr(parameter, _CONVERTER, _Plain())
    return parameter


class _Plain:
    """Stands where Typer's converter will stand once it is needed."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        plain = None if value is None else _plainly(value, param.type_descriptor)
        if plain is not None or value is None:
            return plain
        setattr(param, _CONVERTER, None)
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


def _plainly(value: Any, described: Any) -> Any:
    """The value of a word; None when it is not for us to say."""
    kind, info = described.annotation, described.parameter_info
    if not isinstance(kind, type) or any(getattr(info, name, None) != getattr(_USUAL, name) for name in _SETTINGS):
        return None
    if issubclass(kind, str | bool | int | float) and isinstance(value, kind):
        return value
    if issubclass(kind, StrEnum) and value in list(kind):
        return kind(value)
    if kind is Path and isinstance(value, str) and (os.access(value, os.R_OK) or not os.path.lexists(value)):
        return Path(value)
    return None
