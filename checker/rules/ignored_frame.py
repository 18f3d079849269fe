"""A frame on LAG, ROW_NUMBER or RANK: these do not look at frames.

**Why it bites.** The frame has no effect, but a reader believes that it has one, and looks for the
reason.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 1, 'low'), ('c1', 2, 'high'))
    AS t(conversation_id, turn_index, risk);

Fires:

    SELECT lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index ROWS UNBOUNDED PRECEDING) AS before
    --                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^
    FROM turns

Quiet:

    SELECT lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS before
    FROM turns

Effect: same (the frame is ignored)

Allow it never.

Source: SQL:2016, 6.10 window function: ranks and neighbours are of the partition, not of the frame.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "WIN018"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE
REPAIR = Repair.SAFE

_BLIND = (exp.Lag, exp.Lead, exp.RowNumber, exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist, exp.Ntile)


def check(tree: Tree) -> Iterator[Hit]:
    """The frames written in the brackets of a function that ignores frames."""
    for window in tree.windows:
        if not isinstance(window.function, _BLIND) or window.node.args.get("spec") is None:
            continue
        frame = tree.window_clause(window.node, "ROWS", "RANGE", "GROUPS")
        if frame is not None and window.function.find(exp.Order) is None:
            before = len(tree.source.text[: frame.start].rstrip())
            fix = REPAIR(Edit(Span(before, frame.end), ""))
            yield Hit(frame, f"{window.name} does not look at the frame: leave it out", fix)
