"""Which rows a window takes for one group: its PARTITION BY.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('u1', 'c1', 1, 'low'), ('u1', 'c1', 2, 'high'), ('u1', 'c2', 3, 'high'), ('u2', 'c3', 4, 'low')
    ) AS t(user_id, conversation_id, turn_index, risk);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, changing, without
from checker.mutant import operator
from checker.tree import Tree

_IDENTIFIERS = ("_id", "_ref", "key", "unit")


def _keys(window: exp.Window) -> list[exp.Expr]:
    return list(window.args.get("partition_by") or ())


def add_key(tree: Tree) -> Iterator[Edit]:
    """One more partition key: an identifier in reach, or what the query groups by or partitions by elsewhere."""
    elsewhere = {key.name.lower() for window in tree.nodes(exp.Window) for key in _keys(window)}
    elsewhere |= {key.name.lower() for group in tree.nodes(exp.Group) for key in group.expressions}
    for window in tree.nodes(exp.Window):
        scope = tree.scope(window)
        if scope is None or window.args.get("alias") is not None:
            continue
        present = {key.name.lower() for key in _keys(window)}
        for (source, name), _ in scope.columns():
            if name not in present and (name in elsewhere or name.endswith(_IDENTIFIERS)):
                column = exp.column(name, table=source if len(scope.sources) > 1 else None)
                yield changing(window, partition_by=[*_keys(window), column])


@operator("W01", clause="PARTITION BY", inverse=None)
def drop_the_partition(tree: Tree) -> Iterator[Edit]:
    """You let a window run over the whole table, so that the last row of one group stands before the first of another.

    Before:
        SELECT turn_index, lag(risk) OVER (PARTITION BY user_id, conversation_id ORDER BY turn_index) AS before
        FROM turns
    After:
        SELECT turn_index, lag(risk) OVER (ORDER BY turn_index) AS before FROM turns
    """
    for window in tree.nodes(exp.Window):
        if _keys(window):
            yield changing(window, partition_by=None)


@operator("W02", clause="PARTITION BY", inverse=add_key)
def drop_one_partition_key(tree: Tree) -> Iterator[Edit]:
    """You leave a column out of PARTITION BY, so that a window mixes rows that belong apart.

    Before:
        SELECT turn_index, lag(risk) OVER (PARTITION BY user_id, conversation_id ORDER BY turn_index) AS before
        FROM turns
    After:
        SELECT turn_index, lag(risk) OVER (PARTITION BY user_id ORDER BY turn_index) AS before FROM turns

    As a repair: you partition a window by a column too many, so that rows that belong together are taken apart.
    """
    for window in tree.nodes(exp.Window):
        for key in _keys(window):
            yield changing(window, at=key, partition_by=without(_keys(window), key) or None)
