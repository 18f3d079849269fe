"""The commands with their arguments and options, from the functions of `laglead/cli/`."""

from __future__ import annotations

from collections.abc import Iterator

import typer
from typer.core import TyperGroup
from typer.main import get_command

from laglead.app import build


def page() -> str:
    """The page as markdown: every command's own help."""
    group = get_command(build())
    if not isinstance(group, TyperGroup):
        raise TypeError("the application has commands, so it is a group")
    parts = ["# The commands\n\nExit codes: 0 passed, 1 wrong answer or findings, 2 your mistake, 3 ours.\n"]
    context = typer.Context(group, info_name="laglead", terminal_width=78)
    parts += _sections(group, context)
    return "".join(parts)


def _sections(group: TyperGroup, context: typer.Context) -> Iterator[str]:
    """The help of every command of a group, and of the groups in it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        inner = typer.Context(command, info_name=name, parent=context, terminal_width=78)
        yield f"\n## {inner.command_path}\n\n```\n{command.get_help(inner).strip()}\n```\n"
        if isinstance(command, TyperGroup):
            yield from _sections(command, inner)
