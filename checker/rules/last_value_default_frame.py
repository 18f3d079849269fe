"""LAST_VALUE or NTH_VALUE with ORDER BY and no frame: it looks no further than the current row.

**Why it bites.** With ORDER BY the frame ends at the current row. "The last status of the
conversation" is then each row's own status: open, open, escalated, closed, where closed was
meant four times. `last_value(x IGNORE NULLS)`, which carries the latest known value forward,
wants exactly this frame and stays quiet.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, 'low'), ('c1', 2, 'medium'), ('c1', 3, 'high')
    ) AS t(conversation_id, turn_index, risk);

Fires:

    SELECT turn_index, last_value(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS final FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index, last_value(risk) OVER (
        PARTITION BY conversation_id ORDER BY turn_index
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS final
    FROM turns

Effect: differs

Allow it when the value so far is what is asked; better, write the frame.

Source: DuckDB documentation, "Window Functions", Framing: the default ends at CURRENT ROW.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Fix, Severity, Span

ID = "WIN002"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.SAFE

_WHOLE = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"


def check(tree: Tree) -> Iterator[Hit]:
    """The ordered calls without a frame that were meant to see the whole partition."""
    for window in tree.windows:
        looks_ahead = isinstance(window.function, exp.LastValue | exp.Last | exp.NthValue)
        if looks_ahead and window.order and window.frame is None and not window.ignores_nulls:
            name = window.name
            yield Hit(
                tree.call_over(window.node),
                f"the frame of {name} ends at the current row: write the frame that is meant",
                _fix(tree, window.node),
            )


def _fix(tree: Tree, node: exp.Window) -> Fix | None:
    """The whole partition, at the end of the brackets that hold the order."""
    order = tree.window_clause(node, "ORDER")
    return REPAIR(Edit(Span(order.end, order.end), f" {_WHOLE}")) if order is not None else None
