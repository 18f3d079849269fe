"""The command-line grammar: every module of `laglead/cli/` is one command, found by its presence.

A command module has `ORDER` (its place in the help) and `command` (a function for Typer, whose
docstring is its help). A package there is a group: its modules are its commands, its docstring its help;
a `command` of its own is what it does without any of them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from types import ModuleType

import typer

from laglead import __version__, cli
from laglead.plain_words import PlainCommand, PlainGroup

SUMMARY = "Practise SQL on messy conversation logs: data, a question, a verdict."


def commands(folder: ModuleType = cli, arguments: Sequence[str] = ()) -> tuple[ModuleType, ...]:
    """The command modules of a package in the order of the help; only the one that `arguments` begin with, if any."""
    names = [module.name for module in pkgutil.iter_modules(folder.__path__)]
    asked = [name for name in names if list(arguments[:1]) == [_command(name)]]
    found = [importlib.import_module(f"{folder.__name__}.{name}") for name in asked or names]
    return tuple(sorted(found, key=lambda module: (module.ORDER, module.__name__)))


def _command(module: str) -> str:
    """What people type for a module, whose name may have to avoid a keyword of Python."""
    return module.rpartition(".")[2].rstrip("_")


def build(arguments: Sequence[str] = ()) -> typer.Typer:
    """The application. Help is plain text: rich would cost the check path its import."""
    app = typer.Typer(
        cls=PlainGroup, help=SUMMARY, rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False
    )
    app.callback(invoke_without_command=True)(_bare)
    _add(app, commands(arguments=arguments))
    return app


def _add(app: typer.Typer, modules: tuple[ModuleType, ...]) -> None:
    for module in modules:
        name = _command(module.__name__)
        if hasattr(module, "__path__"):
            own = getattr(module, "command", None)
            summary = own.__doc__ if own else module.__doc__
            group = typer.Typer(cls=PlainGroup, help=summary, rich_markup_mode=None, no_args_is_help=not own)
            if own:
                group.callback(invoke_without_command=True, help=own.__doc__)(own)
            _add(group, commands(module))
            app.add_typer(group, name=name)
        else:
            app.command(name, cls=PlainCommand)(module.command)


def _bare(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="Print the version."),
) -> None:
    if version:
        typer.echo(f"laglead {__version__}")
    elif context.invoked_subcommand is None:
        from laglead.welcome import welcome  # noqa: PLC0415 - only the bare command needs it

        welcome()
