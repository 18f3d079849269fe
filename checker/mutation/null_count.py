"""Rows or values: what COUNT counts.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES ('u1', 'low'), ('u1', NULL), ('u2', NULL)) AS t(user_id, risk);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, changing
from checker.mutant import operator
from checker.tree import Tree

MOST_COLUMNS = 2


@operator("N09", clause="COUNT", symmetric=True)
def count_values_for_rows(tree: Tree) -> Iterator[Edit]:
    """You count the values of a column where rows were asked for, or rows where values were.

    Before:
        SELECT user_id, min(risk) AS risk, count(*) AS n FROM turns GROUP BY user_id
    After:
        SELECT user_id, min(risk) AS risk, count(risk) AS n FROM turns GROUP BY user_id
    """
    for call in tree.nodes(exp.Count):
        if isinstance(call.this, exp.Star):
            for column in _columns(tree, call)[:MOST_COLUMNS]:
                yield changing(call, this=column)
        elif not isinstance(call.this, exp.Distinct) and not call.expressions:
            yield changing(call, this=exp.Star())


def _columns(tree: Tree, call: exp.Count) -> list[exp.Column]:
    """Columns that the SELECT around mentions, those that may be NULL first; the keys of its groups last."""
    select = call.find_ancestor(exp.Select)
    scope = tree.scope(call)
    if select is None or scope is None:
        return []
    found = {c.sql(): c for c in select.find_all(exp.Column) if c.find_ancestor(exp.Select) is select}
    if not found:
        found = {name: exp.column(name) for (_, name), _ in list(scope.columns())[:8]}
    group = select.args.get("group")
    keys = {key.sql() for key in group.expressions} if group is not None else set()
    return sorted(found.values(), key=lambda c: (c.sql() in keys, scope.nullable(c) is False))
