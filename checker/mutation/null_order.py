"""Where NULLs stand in an order.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES (1, NULL), (2, 5), (3, 1)) AS t(turn_index, seconds);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, changing
from checker.mutant import operator
from checker.tree import Tree


@operator("N10", clause="NULLS FIRST or LAST", symmetric=True)
def put_nulls_at_the_other_end(tree: Tree) -> Iterator[Edit]:
    """You let rows without a value stand at the other end of the order.

    Before:
        SELECT turn_index, row_number() OVER (ORDER BY seconds) AS place FROM turns
    After:
        SELECT turn_index, row_number() OVER (ORDER BY seconds NULLS FIRST) AS place FROM turns
    """
    for key in tree.nodes(exp.Ordered):
        clause = key.parent
        sorts_rows = isinstance(clause, exp.Order) and isinstance(clause.parent, exp.Query)
        if not sorts_rows or (clause is not None and clause.parent is not None and clause.parent.args.get("limit")):
            yield changing(key, nulls_first=not key.args.get("nulls_first"))
