"""A filter in the WHERE of a SELECT with LAG: the rows it takes away are no longer neighbours.

**Why it bites.** `WHERE role = 'user'` runs before LAG, so "the turn before" becomes the user turn
before, two or more positions away. Sometimes that is meant; where it is not, compute LAG on all
rows first and filter with QUALIFY. In preview, because both are common.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, 'user'), ('c1', 2, 'assistant'), ('c1', 3, 'user')
    ) AS t(conversation_id, turn_index, role);

Fires:

    SELECT turn_index, lag(turn_index) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS before
    FROM turns
    WHERE role = 'user'
    --    ^^^^^^^^^^^^^

Quiet:

    SELECT turn_index, lag(turn_index) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS before
    FROM turns
    QUALIFY role = 'user'

Effect: differs

Allow it when the neighbours among the filtered rows are wanted.

Source: SQL:2016, 7.4 table expression: WHERE comes before the window clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.predicates import conjuncts
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity, Span

ID = "WIN012"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
PREVIEW = True


def check(tree: Tree) -> Iterator[Hit]:
    """The filters on a category beside a LAG or LEAD that neither partitions nor orders by it."""
    for where in tree.nodes(exp.Where):
        select = where.parent
        windows = [w for w in tree.windows if w.node.find_ancestor(exp.Select) is select]
        neighbours = [w for w in windows if isinstance(w.function, exp.Lag | exp.Lead)]
        if not isinstance(select, exp.Select) or not neighbours:
            continue
        keys = {
            column.name.lower()
            for window in neighbours
            for key in (*window.partition, *window.order)
            for column in key.find_all(exp.Column)
        }
        for part in conjuncts(where.this):
            if _is_category(part) and part.this.name.lower() not in keys:
                name = part.this.name
                yield Hit(_span(tree, part), f"the filter on {name} runs before LAG: rows in between are gone")


def _is_category(part: exp.Expr) -> bool:
    """`column = 'value'` or `column IN ('a', 'b')`."""
    if not isinstance(getattr(part, "this", None), exp.Column):
        return False
    if isinstance(part, exp.In):
        return bool(part.expressions) and all(isinstance(value, exp.Literal) for value in part.expressions)
    return isinstance(part, exp.EQ) and isinstance(part.expression, exp.Literal)


def _span(tree: Tree, part: exp.Expr) -> Span:
    return tree.comparison(part) if isinstance(part, exp.EQ) else tree.span(part)
