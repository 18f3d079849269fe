"""The engines that make shards, one module each, found by presence.

A module holds `run(task, numbers, crew)`: it calls `task(number)` for every number, anywhere and in any
order, again where a worker died, and yields each number when it is done. A task may be called twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Protocol, cast

POOL = "pool"
Task = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Crew:
    """Who works: an engine by name, how many workers it may start, or the address of a scheduler that has some."""

    workers: int = 1
    engine: str = POOL
    scheduler: str | None = None


class Engine(Protocol):
    """Runs a task for many numbers."""

    def __call__(self, task: Task, numbers: Sequence[int], crew: Crew) -> Iterator[int]:
        """Each number when its task is done."""


@cache
def engines() -> MappingProxyType[str, Engine]:
    """Every engine by its name."""
    names = sorted(module.name for module in iter_modules(__path__))
    return MappingProxyType({name: cast(Engine, import_module(f"{__name__}.{name}").run) for name in names})
