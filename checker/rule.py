"""The rules: each module of checker.rules is one, found by its presence and documented by its docstring."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from checker import rules as _folder
from checker.verdict import Severity

if TYPE_CHECKING:
    from checker.profile import Profile
    from checker.sql_source import Span
    from checker.tree import Tree


class Needs(Enum):
    """What a rule looks at: the statement alone, or also what is known of the data."""

    TREE = "tree"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule fires, and what it says there."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `page` is its documentation in Markdown, the first line its summary."""

    id: str
    name: str
    severity: Severity
    needs: Needs
    page: str
    check: Callable[[Tree, Profile | None], Iterator[Hit]]

    @property
    def summary(self) -> str:
        return self.page.partition("\n")[0]


class UnknownRule(ValueError):
    """No rule has that id or name."""

    def __init__(self, wanted: str) -> None:
        self.nearest = nearest(wanted)
        hint = f"Did you mean {self.nearest}?" if self.nearest else "See all rules with: laglead explain"
        super().__init__(f"there is no rule {wanted!r}. {hint}")


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by id."""
    found = [_rule(module.name) for module in pkgutil.iter_modules(_folder.__path__)]
    return tuple(sorted(found, key=lambda rule: rule.id))


def find(wanted: str) -> Rule:
    """The rule of that id or name; UnknownRule when there is none."""
    for rule in rules():
        if wanted.upper() == rule.id or wanted.lower() == rule.name:
            return rule
    raise UnknownRule(wanted)


def nearest(wanted: str) -> str | None:
    """The rule's name or id that looks most like this one."""
    ids = get_close_matches(wanted.upper(), [rule.id for rule in rules()], n=1)
    names = get_close_matches(wanted.lower(), [rule.name for rule in rules()], n=1, cutoff=0.4)
    return next(iter(names or ids), None)


def explain(wanted: str) -> str:
    """A rule's page in Markdown; UnknownRule when there is none."""
    rule = find(wanted)
    head = f"# {rule.id} {rule.name}\n\n{rule.severity.value}, needs the {_NEEDS[rule.needs]}\n\n"
    return head + rule.page + "\n"


def catalogue_markdown() -> str:
    """All rules as one page: a table, then every rule's page."""
    rows = [f"| [{r.id}](#{r.id.lower()}-{r.name}) | {r.name} | {r.severity.value} | {r.summary} |" for r in rules()]
    table = "\n".join(["| id | name | severity | what it finds |", "| --- | --- | --- | --- |", *rows])
    pages = "\n".join(explain(rule.id).replace("# ", "## ", 1) for rule in rules())
    return f"# Lint rules\n\n{table}\n\n{pages}"


_NEEDS = {Needs.TREE: "statement alone", Needs.PROFILE: "data profile"}


def _rule(name: str) -> Rule:
    module = import_module(f"{_folder.__name__}.{name}")
    return Rule(
        id=module.ID,
        name=name,
        severity=module.SEVERITY,
        needs=module.NEEDS,
        page=inspect.cleandoc(module.__doc__ or ""),
        check=module.check,
    )
