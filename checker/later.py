"""Modules that most checks do not need: loaded when something of theirs is asked for.

if TYPE_CHECKING:
    from checker import counterexample
else:
    counterexample = later("checker.counterexample")
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module until one of its names is needed."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._module), name)


def later(module: str) -> Later:
    """The module of this name, loaded at its first use."""
    return Later(module)
