"""HAVING without GROUP BY: all rows are one group, and the result is one row or none.

**Why it bites.** "Conversations of more than five turns" without the GROUP BY asks whether the whole
table has more than five rows.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 1), ('c1', 2), ('c2', 1)) AS t(conversation_id, turn_index);

Fires:

    SELECT max(turn_index) AS longest FROM turns HAVING count(*) > 2
    --                                                  ^^^^^^^^^^^^

Quiet:

    SELECT max(turn_index) AS longest FROM turns GROUP BY conversation_id HAVING count(*) > 2

Effect: differs

Allow it in a test of the whole table, which shall give a row only when it fails.

Source: SQL:2016, 7.14 having clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "AGG010"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE


def check(tree: Tree) -> Iterator[Hit]:
    """The HAVINGs of a SELECT that has no groups."""
    for node in tree.nodes(exp.Having):
        select = node.parent
        if isinstance(select, exp.Select) and select.args.get("group") is None:
            span = tree.comparison(node.this) if isinstance(node.this, exp.Binary) else tree.span(node.this)
            yield Hit(span, "without GROUP BY all rows are one group: the result is one row or none")
