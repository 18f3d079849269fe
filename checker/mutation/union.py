"""Two results put together.

Setup:
    CREATE TABLE votes AS SELECT * FROM (VALUES ('u1', 'up'), ('u1', 'up'), ('u2', 'down')) AS t(user_id, value);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, changing
from checker.mutant import operator
from checker.tree import Tree


@operator("U01", clause="UNION", symmetric=True)
def keep_or_fold_copies(tree: Tree) -> Iterator[Edit]:
    """You fold copies together when you put two results together, or keep them: UNION folds, UNION ALL keeps.

    Before:
        SELECT user_id FROM votes UNION ALL SELECT value FROM votes
    After:
        SELECT user_id FROM votes UNION SELECT value FROM votes
    """
    for union in tree.nodes(exp.Union, exp.Except, exp.Intersect):
        yield changing(union, distinct=not union.args.get("distinct"))
