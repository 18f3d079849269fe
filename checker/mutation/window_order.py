"""In which order a window or an ordered aggregate walks: its ORDER BY.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, TIMESTAMP '2026-01-01 10:05:00', 'low'), ('c1', 2, TIMESTAMP '2026-01-01 10:00:00', 'high'),
        ('c1', 3, TIMESTAMP '2026-01-01 10:00:00', NULL)
    ) AS t(conversation_id, turn_index, created_at, risk);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, changed, changing, without
from checker.mutant import operator
from checker.tree import Tree

_PLACES = ("_at", "_index", "_seq", "_no", "place")


def _orders(tree: Tree) -> Iterator[exp.Order]:
    """Every ORDER BY that may change a value: not the one that only sorts the rows of a query."""
    for order in tree.nodes(exp.Order):
        query = order.parent
        sorts_rows = isinstance(query, exp.Query) and not query.args.get("limit") and not query.args.get("distinct")
        if not sorts_rows:
            yield order


def _known_keys(tree: Tree, node: exp.Expr) -> list[exp.Expr]:
    """What the query orders by elsewhere, and the columns in reach that tell when or where."""
    found = {key.this.sql(): key.this for order in tree.nodes(exp.Order) for key in order.expressions}
    scope = tree.scope(node)
    for (source, name), _ in scope.columns() if scope is not None else ():
        if name.endswith(_PLACES):
            column = exp.column(name, table=source if scope is not None and len(scope.sources) > 1 else None)
            found.setdefault(column.sql(), column)
    return list(found.values())


def add_order(tree: Tree) -> Iterator[Edit]:
    """An order for a window that has none."""
    for window in tree.nodes(exp.Window):
        if window.args.get("order") is None and window.args.get("alias") is None:
            for key in _known_keys(tree, window):
                yield changing(window, order=exp.Order(expressions=[exp.Ordered(this=key.copy())]))


def add_order_key(tree: Tree) -> Iterator[Edit]:
    """A tiebreaker: one more key behind those there are, upwards or downwards."""
    for order in _orders(tree):
        present = {key.this.sql() for key in order.expressions}
        for key in _known_keys(tree, order):
            for falling in (None, True) if key.sql() not in present else ():
                more = exp.Ordered(this=key.copy(), desc=falling)
                yield changing(order, expressions=[*order.expressions, more])


@operator("W03", clause="ORDER BY of a window", inverse=add_order)
def drop_window_order(tree: Tree) -> Iterator[Edit]:
    """You give a window no ORDER BY: a running value becomes the value of the whole group, and "previous" is chance.

    Before:
        SELECT turn_index, count(*) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n FROM turns
    After:
        SELECT turn_index, count(*) OVER (PARTITION BY conversation_id) AS n FROM turns
    """
    for window in tree.nodes(exp.Window):
        order = window.args.get("order")
        if order is not None:
            yield changing(window, at=order, order=None)


@operator("W04", clause="ORDER BY", symmetric=True)
def flip_direction(tree: Tree) -> Iterator[Edit]:
    """You sort the other way round, so that the first is taken for the last.

    Before:
        SELECT turn_index, row_number() OVER (ORDER BY turn_index DESC) AS newest FROM turns
    After:
        SELECT turn_index, row_number() OVER (ORDER BY turn_index) AS newest FROM turns
    """
    for order in _orders(tree):
        for key in order.expressions:
            if isinstance(key, exp.Ordered):
                # What is written is `x DESC NULLS LAST`: where NULLs stand is another mistake.
                yield Edit(key, changed(key, desc=None if key.args.get("desc") else True, nulls_first=False))


@operator("W05", clause="ORDER BY", inverse=add_order_key)
def drop_order_key(tree: Tree) -> Iterator[Edit]:
    """You leave out a sort key, so that ties are broken by chance or by the wrong column.

    Before:
        SELECT turn_index, row_number() OVER (ORDER BY created_at, turn_index DESC) AS place FROM turns
    After:
        SELECT turn_index, row_number() OVER (ORDER BY created_at) AS place FROM turns

    As a repair: you sort by a key too many.
    """
    for order in _orders(tree):
        if len(order.expressions) > 1:
            for key in order.expressions:
                yield changing(order, at=key, expressions=without(order.expressions, key))
