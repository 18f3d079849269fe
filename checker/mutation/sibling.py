"""One column for another that looks like it: another clock, another identifier, another place.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, 1, TIMESTAMP '2026-01-01 10:00:00', TIMESTAMP '2026-01-01 10:00:09'),
        ('c1', 2, 1, TIMESTAMP '2026-01-01 10:01:00', NULL)
    ) AS t(conversation_id, turn_index, exchange_index, created_at, completed_at);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit
from checker.mutant import operator
from checker.tree import Tree

MOST_SIBLINGS = 2
_ENDINGS = ("_at", "_id", "_ref", "_index", "_seq", "_version", "_tokens", "_ms", "_no", "_from", "_until")


@operator("S01", clause="a column", symmetric=True)
def take_the_column_beside(tree: Tree) -> Iterator[Edit]:
    """You take another column than the question means: another clock, another identifier, another number.

    Before:
        SELECT turn_index, created_at FROM turns
    After:
        SELECT exchange_index AS turn_index, created_at FROM turns
    """
    for column in tree.nodes(exp.Column):
        if isinstance(column.this, exp.Star) or column.find_ancestor(exp.Lambda) is not None:
            continue
        for name in _siblings(tree, column):
            other = exp.column(name, table=column.table or None)
            is_item = isinstance(column.parent, exp.Select) and column.arg_key == "expressions"
            yield Edit(column, exp.alias_(other, column.name) if is_item else other)


def _siblings(tree: Tree, column: exp.Column) -> list[str]:
    """Columns of the same source and type whose names end alike."""
    scope = tree.scope(column)
    place = scope.place(column) if scope is not None else None
    if scope is None or place is None or place[0] not in scope.sources:
        return []
    source = scope.sources[place[0]]
    ending = next((ending for ending in _ENDINGS if place[1].endswith(ending)), None)
    mine = source.find(place[1])
    if ending is None or mine is None or mine.type is None:
        return []
    found = [(name, source.find(name)) for name in source.fields if name.endswith(_alike(ending)) and name != place[1]]
    return [name for name, other in found if other is not None and other.type == mine.type][:MOST_SIBLINGS]


def _alike(ending: str) -> tuple[str, ...]:
    return ("_id", "_ref") if ending in ("_id", "_ref") else (ending,)
