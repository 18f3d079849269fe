"""ARG_MAX by a key that ties, or FIRST without an order: which row it takes is left to chance.

**Why it bites.** Two labels of one instant, "low" and "high": `arg_max(risk, created_at)` gives either,
and another one tomorrow. With the data profile the rule speaks only where the key ties.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, TIMESTAMPTZ '2026-01-05 10:00:00+00', 'web'), ('c1', 2, TIMESTAMPTZ '2026-01-05 10:00:00+00', 'ide')
    ) AS t(conversation_id, turn_index, created_at, role);

Fires:

    SELECT conversation_id, arg_max(role, created_at) AS last_role FROM turns GROUP BY conversation_id
    --                      ^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT conversation_id, arg_max(role, (created_at, turn_index)) AS last_role FROM turns GROUP BY conversation_id

Effect: differs

Allow it when tied rows have the same value.

Source: DuckDB documentation, "Aggregate Functions": arg_max, first.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.grouping import group_expressions
from checker.rule import Hit, Needs
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Proof, Severity

ID = "AGG006"
SEVERITY = Severity.WARNING
PROOF = Proof.ORDER
NEEDS = Needs.PROFILE


def check(tree: Tree) -> Iterator[Hit]:
    """The calls whose key the profile shows to tie within a group."""
    for node in tree.nodes(exp.ArgMax, exp.ArgMin, exp.First, exp.Last):
        scope = tree.scope(node)
        value = node.this
        if scope is None or not isinstance(value, exp.Column):
            continue
        if node.find_ancestor(exp.Window, exp.Select) is not scope.select:
            continue
        ordered = isinstance(node, exp.ArgMax | exp.ArgMin)
        if (ordered and node.expression is None) or node.args.get("count") is not None:
            continue
        groups = _groups(scope)
        keys = [*groups, *([node.expression] if ordered else [])] if groups is not None else None
        if keys is None or value.sql() in {key.sql() for key in keys} or scope.unique(keys) is not False:
            continue
        if not _is_determined(scope, value, groups or []):
            what = node.expression.sql(dialect="duckdb") if ordered else "the order of the rows"
            message = f"{what} ties within a group: which row's {value.name} is taken is left to chance"
            yield Hit(tree.call(node), message)


def _groups(scope: Scope) -> list[exp.Expr] | None:
    return group_expressions(scope.select) if scope.select.args.get("group") is not None else []


def _is_determined(scope: Scope, value: exp.Column, groups: list[exp.Expr]) -> bool:
    """Whether all rows of a group have the same value, by the keys."""
    place = scope.place(value)
    places = {scope.place(key) for key in groups if isinstance(key, exp.Column)}
    known = {known for known in places if known is not None}
    return place is None or place[0] in scope.closure(known)
