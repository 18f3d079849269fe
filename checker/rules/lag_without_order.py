"""LAG, LEAD, ROW_NUMBER or RANK without an ORDER BY: "previous" means whatever row came before.

**Why it bites.** A log is not stored in the order in which people spoke: files are shuffled, rows
arrive late, threads race. Without ORDER BY the label before a `high` turn is the label of some
other turn, and the answer changes from run to run; RANK gives every row 1.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 3, 'high'), ('c1', 1, 'low'), ('c1', 2, 'medium')
    ) AS t(conversation_id, turn_index, risk);

Fires:

    SELECT turn_index, lag(risk) OVER (PARTITION BY conversation_id) AS before FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index, lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS before FROM turns

Effect: differs

Allow it when any numbering will do, for instance to split work into parts.

Source: DuckDB documentation, "Window Functions": without ORDER BY the rows of a partition have no order.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Proof, Severity
from checker.window import Window, reads_only

ID = "WIN003"
SEVERITY = Severity.ERROR
PROOF = Proof.ORDER
NEEDS = Needs.TREE

_ORDERED = (exp.Lag, exp.Lead, exp.RowNumber, exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist, exp.Ntile)


def check(tree: Tree) -> Iterator[Hit]:
    """The calls whose window has no order, unless all rows of a partition look the same to the query."""
    for window in tree.windows:
        function = window.function
        if not isinstance(function, _ORDERED) or window.order or function.find(exp.Order) is not None:
            continue
        if not _rows_are_alike(window):
            name = window.name
            yield Hit(tree.call_over(window.node), f"{name} has no ORDER BY: which row comes before is left to chance")


def _rows_are_alike(window: Window) -> bool:
    """A query that reads the partition's columns alone cannot tell its rows apart."""
    return bool(window.partition) and reads_only(window, window.partition)
