"""A self-join on `turn = turn - 1`: where a number is missing the pair is lost.

**Why it bites.** After a filter on user rows the turns are numbered 1, 3, 5: no turn has a
predecessor one less. LAG takes the row before, whatever its number. In preview: where the numbers
have no gaps, both are the same.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 1), ('c1', 3), ('c1', 4)) AS t(conversation_id, turn_index);

Fires:

    SELECT b.turn_index, a.turn_index AS before
    FROM turns AS a JOIN turns AS b ON a.conversation_id = b.conversation_id AND a.turn_index = b.turn_index - 1
    --                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index, lag(turn_index) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS before
    FROM turns
    QUALIFY before IS NOT NULL

Effect: differs

Allow it when the numbers are known to have no gaps.

Source: SQL:2016, 6.10 window function: LAG.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.literals import literal_number
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "JOI005"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
PREVIEW = True


def check(tree: Tree) -> Iterator[Hit]:
    """The equations of a column with the same column of the same table, one more or less."""
    for node in tree.nodes(exp.EQ):
        left_side, right_side = node.this.unnest(), node.expression.unnest()
        for one, other in ((left_side, right_side), (right_side, left_side)):
            step = isinstance(other, exp.Add | exp.Sub) and literal_number(other.expression) == 1
            if not step or not isinstance(one, exp.Column) or not isinstance(other.this.unnest(), exp.Column):
                continue
            left, right = one, other.this.unnest()
            if left.name.lower() == right.name.lower() and left.table != right.table and _is_stored(tree, left, right):
                message = f"where a {left.name} is missing the pair is lost: LAG takes the row before"
                yield Hit(tree.comparison(node), message)
                break


def _is_stored(tree: Tree, left: exp.Column, right: exp.Column) -> bool:
    """Whether both are the same stored column, not a row number without gaps."""
    fields = [tree.field(left), tree.field(right)]
    return all(f is not None and f.column is not None for f in fields) and len({f.table for f in fields if f}) == 1
