"""One edit of a syntax tree: a node and what stands there instead, applied to a copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeVar

from sqlglot import exp

Node = TypeVar("Node", bound=exp.Expr)
_LOOSE = (exp.Binary, exp.Not, exp.Between, exp.In, exp.Neg)
_TIGHT = (exp.Binary, exp.Unary, exp.Between, exp.In, exp.Is, exp.AtTimeZone, exp.Bracket)


@dataclass(frozen=True, slots=True)
class Edit:
    """`node` of the tree gives way to `replacement`, which is no part of it; `place` is where it is seen."""

    node: exp.Expr
    replacement: exp.Expr
    place: exp.Expr | None = None


def changed(node: Node, **arguments: Any) -> Node:
    """A copy of the node with other arguments; None takes one away."""
    twin = node.copy()
    for name, value in arguments.items():
        twin.set(name, _copied(value))
    return twin


def _copied(value: Any) -> Any:
    if isinstance(value, exp.Expr):
        return value.copy()
    return [_copied(item) for item in value] if isinstance(value, list) else value


def changing(node: exp.Expr, *, at: exp.Expr | None = None, **arguments: Any) -> Edit:
    """The edit that changes arguments of a node; `at` is the part that it is about."""
    return Edit(node, changed(node, **arguments), at)


def without(items: Iterable[exp.Expr], dropped: exp.Expr) -> list[exp.Expr]:
    """The items but one."""
    return [item for item in items if item is not dropped]


def parts(condition: exp.Expr, kind: type[exp.Connector] = exp.And) -> list[exp.Expr]:
    """What a chain of AND (or OR) joins, in order; a condition without one is its own single part."""
    inner = condition.unnest() if isinstance(condition.unnest(), kind) else condition
    if not isinstance(inner, kind):
        return [condition]
    return [*parts(inner.this, kind), *parts(inner.expression, kind)]


def chain(conditions: Iterable[exp.Expr], kind: type[exp.Connector] = exp.And) -> exp.Expr | None:
    """The conditions joined by AND (or OR), None when there is none."""
    copies = [operand(condition) for condition in conditions]
    if len(copies) == 1:
        return copies[0].unnest()
    return reduce(lambda left, right: kind(this=left, expression=right), copies) if copies else None


def operand(node: exp.Expr) -> exp.Expr:
    """A copy that may stand beside any operator: in brackets where it is an AND, an OR or another operation."""
    is_loose = isinstance(node, exp.Connector | exp.Add | exp.Sub | exp.Mul | exp.Div | exp.IntDiv | exp.Mod)
    return exp.Paren(this=node.copy()) if is_loose else node.copy()


def applied(root: exp.Expr, edit: Edit) -> exp.Expr:
    """A copy of the tree with the edit; brackets keep the new part together."""
    steps = list(_steps(edit.node, root))
    twin = root.copy()
    target = twin
    for name, index in steps:
        value = target.args[name]
        target = value if index is None else value[index]
    replacement = edit.replacement.copy()
    if target.parent is None or not steps:
        return replacement
    if isinstance(replacement, _LOOSE) and isinstance(target.parent, _TIGHT) and not _reads_well(replacement, target):
        replacement = exp.Paren(this=replacement)
    target.replace(replacement)
    return twin


def _reads_well(replacement: exp.Expr, target: exp.Expr) -> bool:
    """Whether brackets would say nothing: AND in a chain of ANDs, a comparison in a chain, x NOT IN .."""
    if isinstance(target.parent, exp.Connector):
        return not isinstance(replacement, exp.Connector) or type(replacement) is type(target.parent)
    return isinstance(target.parent, exp.Not) and isinstance(replacement, exp.In | exp.Between | exp.Is)


def _steps(node: exp.Expr, root: exp.Expr) -> Iterator[tuple[str, int | None]]:
    path: list[tuple[str, int | None]] = []
    while node is not root and node.parent is not None:
        path.append((str(node.arg_key), node.index))
        node = node.parent
    return reversed(path)


def bare(tree: exp.Expr) -> exp.Expr:
    """A copy without brackets: two trees that are written with and without them are then equal."""
    without_brackets: exp.Expr = tree.copy().transform(lambda node: node.this if isinstance(node, exp.Paren) else node)
    return without_brackets
