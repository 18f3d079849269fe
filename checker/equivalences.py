"""Rules that prove a mutant to be the reference in other words: one a module of checker.equivalence.

A rule's docstring states it and sketches the proof; its examples are run by a test: a mutant that the
rule proves and that gives the same rows, and a neighbour that it does not prove and that differs.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from checker import equivalence as _folder
from checker.mutant import Mutant
from checker.tree import Tree


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `holds` says of a mutant of the tree's query that it gives the same rows on all data."""

    name: str
    page: str
    holds: Callable[[Tree, Mutant], bool]

    @property
    def claim(self) -> str:
        """The rule in one sentence."""
        return " ".join(self.page.split("\n\n", 1)[0].split())


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by name."""
    modules = [import_module(f"{_folder.__name__}.{found.name}") for found in pkgutil.iter_modules(_folder.__path__)]
    return tuple(
        Rule(module.__name__.rpartition(".")[2], inspect.cleandoc(module.__doc__ or ""), module.holds)
        for module in sorted(modules, key=lambda module: module.__name__)
    )


def proved(tree: Tree, mutant: Mutant) -> Rule | None:
    """The first rule that proves the mutant equivalent, None when none does."""
    return next((rule for rule in rules() if rule.holds(tree, mutant)), None)
