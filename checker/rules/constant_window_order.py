"""A window ordered by a constant: `ORDER BY 1` is the number one, not the first column.

**Why it bites.** In a SELECT's own ORDER BY a number is a column's position; inside OVER it is just
a number, the same on every row. The order is left to chance, and nothing says so.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 3, 'm3'), ('c1', 2, 'm2'), ('c1', 1, 'm1')
    ) AS t(conversation_id, turn_index, message_id);

Fires:

    SELECT turn_index, row_number() OVER (PARTITION BY conversation_id ORDER BY 1) AS place FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS place FROM turns

Effect: differs

Allow it never: where any order will do, leave ORDER BY out.

Source: DuckDB documentation, "Window Functions": the order is by expressions.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Proof, Severity

ID = "WIN007"
SEVERITY = Severity.ERROR
PROOF = Proof.ORDER
NEEDS = Needs.TREE


def check(tree: Tree) -> Iterator[Hit]:
    """The windows whose order is by constants alone."""
    for window in tree.windows:
        if window.has_constant_order:
            constant = window.order[0].sql(dialect="duckdb")
            yield Hit(
                tree.call_over(window.node), f"ORDER BY {constant} in a window orders by a constant: name the column"
            )
