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
from checker.verdict import Edit, Fix, Proof, Severity, Span

if TYPE_CHECKING:
    from checker.tree import Tree


class Needs(Enum):
    """What a rule looks at: the statement alone, or also what is known of the data."""

    TREE = "tree"
    PROFILE = "profile"


class Repair(Enum):
    """Whether a rule's repair is what everybody means (safe), or one of several things (unsafe)."""

    SAFE = "safe"
    UNSAFE = "unsafe"

    def __call__(self, *edits: Edit) -> Fix:
        """A repair made of these replacements."""
        return Fix(edits, safe=self is Repair.SAFE)


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule fires, and what it says there; `probe` is a change that shows it and no repair."""

    span: Span
    message: str
    fix: Fix | None = None
    probe: Fix | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `page` is its documentation in Markdown, the first line its summary.

    A preview rule is not certain enough to be on unless it is asked for.
    """

    id: str
    name: str
    severity: Severity
    needs: Needs
    preview: bool
    repair: Repair | None
    proof: Proof | None
    page: str
    check: Callable[[Tree], Iterator[Hit]]

    @property
    def group(self) -> str:
        """The letters of the id: WIN."""
        return self.id.rstrip("0123456789")

    @property
    def summary(self) -> str:
        return self.page.partition("\n")[0]


class UnknownRule(ValueError):
    """No rule and no group has that id or name."""

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


def named(wanted: str) -> tuple[Rule, ...]:
    """The rules of that id, name or group (without its preview rules); UnknownRule when there are none."""
    group = tuple(rule for rule in rules() if rule.group == wanted.upper())
    return tuple(rule for rule in group if not rule.preview) or group or (find(wanted),)


def nearest(wanted: str) -> str | None:
    """The rule's name or id, or the group, that looks most like this one."""
    known = [rule.id for rule in rules()] + sorted({rule.group for rule in rules()})
    ids = get_close_matches(wanted.upper(), known, n=1)
    names = get_close_matches(wanted.lower(), [rule.name for rule in rules()], n=1, cutoff=0.4)
    return next(iter(names or ids), None)


def explain(wanted: str) -> str:
    """A rule's page in Markdown; UnknownRule when there is none."""
    rule = find(wanted)
    about = [rule.severity.value, f"needs the {_NEEDS[rule.needs]}"]
    about += ["preview: off unless it is selected"] if rule.preview else []
    about += [f"{rule.repair.value} repair"] if rule.repair is not None else []
    about += [f"`check` confirms it by {rule.proof.value}"] if rule.proof is not None else []
    return f"# {rule.id} {rule.name}\n\n{', '.join(about)}\n\n{rule.page}\n"


def catalogue_markdown() -> str:
    """All rules as one page: a table, then every rule's page."""
    rows = [f"| [{r.id}](#{r.id.lower()}-{r.name}) | {r.name} | {r.severity.value} | {r.summary} |" for r in rules()]
    table = "\n".join(["| id | name | severity | what it finds |", "| --- | --- | --- | --- |", *rows])
    pages = "\n".join(explain(rule.id).replace("# ", "## ", 1) for rule in rules())
    return f"# Lint rules\n\n{table}\n\n{pages}"


_NEEDS = {Needs.TREE: "statement alone", Needs.PROFILE: "data profile"}


def _rule(name: str) -> Rule:
    module = import_module(f"{_folder.__name__}.{name}")
    page = inspect.cleandoc(module.__doc__ or "")
    return Rule(
        id=module.ID,
        name=name,
        severity=module.SEVERITY,
        needs=module.NEEDS,
        preview=getattr(module, "PREVIEW", False),
        repair=getattr(module, "REPAIR", None),
        proof=getattr(module, "PROOF", _proof(page, repairs=hasattr(module, "REPAIR"))),
        page=page,
        check=module.check,
    )


def _proof(page: str, *, repairs: bool) -> Proof | None:
    """What the page's effect says of a proof: an error proves itself, a difference shows when it is repaired."""
    if "\nEffect: error" in page:
        return Proof.ERROR
    return Proof.REPAIR if repairs and "\nEffect: differs" in page else None
