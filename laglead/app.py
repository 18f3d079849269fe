"""The command-line grammar: every module of `laglead/cli/` is one command, found by its presence.

A command module has `ORDER` (its place in the help) and `command` (a function for Typer, whose
docstring is its help).
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import typer

from laglead import __version__, cli

SUMMARY = "Practise SQL on messy conversation logs: data, a question, a verdict."


def commands() -> tuple[ModuleType, ...]:
    """The command modules in the order of the help."""
    found = [importlib.import_module(f"{cli.__name__}.{module.name}") for module in pkgutil.iter_modules(cli.__path__)]
    return tuple(sorted(found, key=lambda module: (module.ORDER, module.__name__)))


def build() -> typer.Typer:
    """The application. Help is plain text: rich would cost the check path its import."""
    app = typer.Typer(help=SUMMARY, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    app.callback(invoke_without_command=True)(_bare)
    for module in commands():
        name = module.__name__.rpartition(".")[2].rstrip("_")
        app.command(name)(module.command)
    return app


def _bare(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version."),
) -> None:
    if version:
        typer.echo(f"laglead {__version__}")
    elif context.invoked_subcommand is None:
        from laglead.welcome import welcome  # noqa: PLC0415 - only the bare command needs it

        welcome()
