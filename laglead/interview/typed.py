"""The commands of an interview, by what is typed: every module of `commands/` is one."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache
from types import ModuleType

from laglead.interview import commands as folder
from laglead.interview.desk import Desk

QUOTES = "\"'“”"


@cache
def commands() -> tuple[ModuleType, ...]:
    """The modules in the order of the help."""
    names = [module.name for module in pkgutil.iter_modules(folder.__path__)]
    found = [importlib.import_module(f"{folder.__name__}.{name}") for name in names]
    return tuple(sorted(found, key=lambda module: (module.ORDER, module.__name__)))


def obey(desk: Desk, line: str) -> None:
    """Do what a line says; an empty line does nothing."""
    name, _, rest = line.strip().partition(" ")
    if not name:
        return
    by_name = {module.__name__.rpartition(".")[2].rstrip("_"): module for module in commands()}
    if name.lower() in by_name:
        by_name[name.lower()].command(desk, _unquoted(rest.strip()))
        return
    near = difflib.get_close_matches(name.lower(), by_name, n=1)
    desk.say(
        f"There is no command '{name}'. "
        + (f"Did you mean {near[0]}?" if near else f"Type one of: {', '.join(by_name)}")
    )


def _unquoted(text: str) -> str:
    """Without the quotation marks around the whole of it."""
    if len(text) > 1 and text[0] in QUOTES and text[-1] in QUOTES:
        return text[1:-1].strip()
    return text
