"""The row before found by a correlated subquery: slow, and it fetches one column only.

**Why it bites.** `(SELECT max(created_at) FROM turns AS p WHERE ... p.created_at < t.created_at)` reads
the table for every row, and the value beside that time needs a second one. LAG does both in one pass.

Setup:

    CREATE TABLE feedback AS SELECT * FROM (VALUES ('f1'), ('f2'), ('f3')) AS t(feedback_id);

Fires:

    SELECT f.feedback_id, (SELECT max(p.feedback_id) FROM feedback AS p WHERE p.feedback_id < f.feedback_id) AS before
    --                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    FROM feedback AS f

Quiet:

    SELECT feedback_id, lag(feedback_id) OVER (ORDER BY feedback_id) AS before FROM feedback

Effect: same (LAG finds the same row, in one pass)

Allow it when the table is small and the subquery reads better.

Source: SQL:2016, 6.10 window function: LAG.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.predicates import conjuncts
from checker.rule import Hit, Needs
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Severity

ID = "JOI006"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE

_BEFORE = (exp.LT, exp.LTE, exp.GT, exp.GTE)


def check(tree: Tree) -> Iterator[Hit]:
    """The scalar subqueries for the greatest smaller row of the table that the query reads."""
    for query in tree.nodes(exp.Subquery):
        select = query.this
        scope = tree.scope(select) if isinstance(select, exp.Select) else None
        if scope is None or scope.parent is None or len(select.expressions) != 1 or isinstance(query.parent, exp.From):
            continue
        if not isinstance(select.expressions[0].unalias(), exp.Max | exp.Min):
            continue
        inner = {source.base for source in scope.sources.values()}
        outer = {source.base for source in scope.parent.sources.values()}
        if len(inner) == 1 and inner <= outer and None not in inner and _looks_back(scope):
            yield Hit(
                tree.subquery(query),
                "this reads the table for every row to find the one before: LAG does it in one pass",
            )


def _looks_back(scope: Scope) -> bool:
    where = scope.select.args.get("where")
    for part in conjuncts(where.this) if where is not None else ():
        if isinstance(part, _BEFORE):
            sides = [side.unnest() for side in (part.this, part.expression)]
            columns = [side for side in sides if isinstance(side, exp.Column)]
            if len(columns) == 2 and len({scope.place(column) is None for column in columns}) == 2:
                return columns[0].name.lower() == columns[1].name.lower()
    return False
