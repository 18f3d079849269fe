"""On which side of a boundary a value falls.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 29), (2, 30), (3, 31), (4, NULL)) AS t(turn_index, minutes);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit
from checker.mutant import operator
from checker.tree import Tree

_NEAR: dict[type[exp.Expr], type[exp.Binary]] = {
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
}


@operator("P01", clause="a comparison", symmetric=True)
def move_a_boundary(tree: Tree) -> Iterator[Edit]:
    """You put a value that lies exactly on a boundary on the wrong side, or ask for equal instead of different.

    Before:
        SELECT turn_index FROM turns WHERE minutes > 30
    After:
        SELECT turn_index FROM turns WHERE minutes >= 30
    """
    for test in tree.nodes(*_NEAR):
        if isinstance(test.find_ancestor(exp.Join, exp.Select), exp.Join) and isinstance(test, exp.EQ):
            continue  # a join on what differs is nobody's mistake
        yield Edit(test, _NEAR[type(test)](this=test.this.copy(), expression=test.expression.copy()))
    for test in tree.nodes(exp.Between):
        value, low, high = test.this, test.args["low"], test.args["high"]
        for above, below in ((exp.GT, exp.LTE), (exp.GTE, exp.LT)):
            lower = above(this=value.copy(), expression=low.copy())
            upper = below(this=value.copy(), expression=high.copy())
            yield Edit(test, exp.And(this=lower, expression=upper))
