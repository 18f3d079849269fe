"""RANK() = 1 keeps all the rows that tie for the first place.

**Why it bites.** Two deliveries of a message share their instant, both have rank 1, and the message
is still there twice. With the data profile the rule speaks only where ties can happen. If one row
is wanted, `row_number()` with an order that has no ties gives it.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, TIMESTAMPTZ '2026-01-05 10:00:00+00'), ('c1', 2, TIMESTAMPTZ '2026-01-05 10:01:00+00'),
        ('c1', 3, TIMESTAMPTZ '2026-01-05 10:01:00+00')
    ) AS t(conversation_id, turn_index, created_at);

Fires:

    SELECT conversation_id, turn_index
    FROM turns
    QUALIFY rank() OVER (PARTITION BY conversation_id ORDER BY created_at DESC) = 1
    --      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT conversation_id, turn_index
    FROM turns
    QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY created_at DESC, turn_index DESC) = 1

Effect: differs

Allow it when all that tie are wanted.

Source: SQL:2016, 6.10 window function: peers have the same rank.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.literals import literal_number
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity
from checker.window import resolve

ID = "WIN008"
SEVERITY = Severity.INFO
NEEDS = Needs.PROFILE
PREVIEW = True  # that all the best are wanted is no defect, and no statement says it


def check(tree: Tree) -> Iterator[Hit]:
    """The ranks compared with 1 whose order the profile shows to tie."""
    for test in tree.nodes(exp.EQ, exp.LTE):
        if literal_number(test.expression) != 1:
            continue
        node = tree.lineage.origin(test.this)
        window = resolve(node) if isinstance(node, exp.Window) else None
        scope = tree.scope(node)
        if window is None or scope is None or not isinstance(window.function, exp.Rank | exp.DenseRank):
            continue
        if window.order and scope.unique_rows((*window.partition, *window.order)) is False:
            message = f"{window.name} gives 1 to every row that ties: several rows of a partition may be kept"
            yield Hit(tree.call_over(window.node), message)
