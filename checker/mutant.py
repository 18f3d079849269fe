"""Mutants: a query with one mistake in it. Every operator of checker.mutation makes one kind of mistake.

A module there is a family; its presence registers its operators. The docstring of an operator says
what the learner does who makes the mistake, and shows one query before and after.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module

from sqlglot import Dialect, exp
from sqlglot.errors import SqlglotError

from checker import mutation as _folder
from checker.edit import Edit, applied, bare
from checker.profile import Profile
from checker.sql_source import SourceText
from checker.sql_writer import write
from checker.tree import Tree

Edits = Callable[[Tree], Iterator[Edit]]
_WORD = re.compile(r"\s*(?:'(?:[^']|'')*'|\w+|[^\w\s]+)")
_AS_A_REPAIR = re.compile(r"^As a repair: (.+(?:\n.+)*)", re.MULTILINE)


class NotOneStatement(ValueError):
    """The text is not one statement that can be parsed."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One kind of mistake; `page` is its docstring, `clause` says where in a query it is made.

    `inverse` undoes the mistake in a query that has it; an operator that is its own inverse names itself.
    """

    id: str
    name: str
    clause: str
    page: str
    edits: Edits
    inverse: Edits | None = None
    family: str = ""

    @property
    def mistake(self) -> str:
        """What a learner does who makes it, in one sentence."""
        return " ".join(self.page.split("\n\n", 1)[0].split())

    @property
    def as_a_repair(self) -> str | None:
        """What a learner did whose query this very edit puts right; None where the edit is no repair."""
        found = _AS_A_REPAIR.search(self.page)
        return " ".join(found[1].split()) if found else None


@dataclass(frozen=True, slots=True)
class Mutant:
    """The text with one edit. `id` is the operator's and the number of its site: W04.2.

    `step` names the CTE that was edited, '' the final SELECT; `line` is 1-based in the original text.
    """

    id: str
    operator: Operator
    mistake: str
    sql: str
    step: str
    line: int
    before: str
    after: str
    edit: Edit = field(repr=False)


def operator(
    identity: str, *, clause: str, symmetric: bool = False, inverse: Edits | None = None
) -> Callable[[Edits], Operator]:
    """Register a function that finds the edits of one operator."""

    def register(edits: Edits) -> Operator:
        page = inspect.cleandoc(edits.__doc__ or "")
        undo = edits if symmetric else inverse
        return Operator(identity, edits.__name__, clause, page, edits, undo)

    return register


@cache
def operators() -> tuple[Operator, ...]:
    """All operators, by id."""
    found = [operator for module in pkgutil.iter_modules(_folder.__path__) for operator in _of_family(module.name)]
    return tuple(sorted(found, key=lambda operator: operator.id))


def _of_family(name: str) -> list[Operator]:
    module = import_module(f"{_folder.__name__}.{name}")
    return [replace(value, family=name) for value in vars(module).values() if isinstance(value, Operator)]


def parse(sql: str, profile: Profile | None = None) -> Tree:
    """The tree of one statement; NotOneStatement when it is none."""
    dialect = Dialect.get_or_raise("duckdb")
    try:
        tokens = dialect.tokenize(sql)
        roots = [root for root in dialect.parser().parse(tokens, sql) if root is not None]
    except (SqlglotError, RecursionError) as error:
        raise NotOneStatement(f"it cannot be parsed ({str(error).splitlines()[0][:120]})") from error
    if len(roots) != 1:
        raise NotOneStatement(f"there are {len(roots)} statements; an exercise has one")
    return Tree(roots[0], tokens, SourceText(sql), profile)


def mutants(sql: str | Tree, profile: Profile | None = None) -> tuple[Mutant, ...]:
    """Every query that is one mistake away from this one, in an order that formatting does not change.

    Two operators that make the same query count once. Raises NotOneStatement.
    """
    tree = sql if isinstance(sql, Tree) else parse(sql, profile)
    return tuple(_distinct(tree, ((op, op.mistake, op.edits) for op in operators())))


def repairs(sql: str, profile: Profile | None = None) -> tuple[Mutant, ...]:
    """Every query that undoes one mistake in this one; `mistake` says which. Raises NotOneStatement."""
    tree = parse(sql, profile)
    undone = [(op, op.mistake, op.inverse) for op in operators() if op.inverse is not None]
    turned = [(op, op.as_a_repair, op.edits) for op in operators() if op.as_a_repair is not None]
    return tuple(_distinct(tree, [(op, text, edits) for op, text, edits in (*undone, *turned) if text]))


def _distinct(tree: Tree, sources: Iterable[tuple[Operator, str, Edits]]) -> Iterator[Mutant]:
    original = write(tree.root)
    seen = {original}
    numbers: dict[str, int] = {}
    for operator, mistake, edits in sources:
        for edit in edits(tree):
            edited = applied(tree.root, edit)
            text = _read_back(edited)
            if text is None or text in seen:
                continue
            seen.add(text)
            number = numbers[operator.id] = numbers.get(operator.id, 0) + 1
            place = edit.place or edit.node
            cte = place.find_ancestor(exp.CTE)
            before, after = difference(original, text)
            yield Mutant(
                id=f"{operator.id}.{number}",
                operator=operator,
                mistake=mistake,
                sql=write(edited, pretty=True, comments=True) + "\n",
                step=cte.alias if cte is not None else "",
                line=tree.source.position(tree.span(place).start)[0],
                before=before,
                after=after,
                edit=edit,
            )


def written(root: exp.Expr, edit: Edit) -> str | None:
    """The edited tree on one line, None when the text would be read as another tree."""
    return _read_back(applied(root, edit))


def _read_back(tree: exp.Expr) -> str | None:
    text = write(tree)
    try:
        again = Dialect.get_or_raise("duckdb").parse(text)[0]
    except SqlglotError:
        return None
    if again is None:
        return None
    return text if write(again) == text or write(bare(again)) == write(bare(tree)) else None


def difference(before: str, after: str) -> tuple[str, str]:
    """The words in which two texts differ, from the first to the last."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return "".join(old[start : len(old) - end]).strip(), "".join(new[start : len(new) - end]).strip()
