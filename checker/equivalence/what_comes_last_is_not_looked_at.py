"""Rows without a sort key come last, and a window that only looks back never sees them from an earlier row.

Proof: the moved condition keeps the rows whose first sort key is not NULL; the order is ascending with
NULLs at its end, so in every partition the rows that go stand behind all that stay. LAG, ROW_NUMBER,
RANK, DENSE_RANK and aggregates over frames that end at the current row or before it read only rows in
front of their own, or ties of it. LEAD of that key itself finds NULL in such a row, as it does where
there is no row, and the least and the greatest of that key pass over it in a frame that runs from edge to
edge or to the current row.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, 10), ('c1', 2, NULL), ('c1', 3, 30), ('c2', 1, NULL)
    ) AS t(conversation_id, turn_index, minute);

Proves W16:
    SELECT turn_index, minute - lag(minute) OVER (PARTITION BY conversation_id ORDER BY minute, turn_index) AS gap
    FROM turns WHERE minute IS NOT NULL
    SELECT turn_index, minute - lag(minute) OVER (PARTITION BY conversation_id ORDER BY minute, turn_index) AS gap
    FROM turns QUALIFY minute IS NOT NULL

Proves W16:
    SELECT turn_index, lead(minute) OVER (PARTITION BY conversation_id ORDER BY minute, turn_index) AS after
    FROM turns WHERE minute IS NOT NULL
    SELECT turn_index, lead(minute) OVER (PARTITION BY conversation_id ORDER BY minute, turn_index) AS after
    FROM turns QUALIFY minute IS NOT NULL

Proves W16:
    SELECT turn_index, min(minute) OVER (PARTITION BY conversation_id ORDER BY minute
        RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS after
    FROM turns WHERE minute IS NOT NULL
    SELECT turn_index, min(minute) OVER (PARTITION BY conversation_id ORDER BY minute
        RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS after
    FROM turns QUALIFY minute IS NOT NULL

Leaves W16:
    SELECT turn_index, lead(turn_index) OVER (PARTITION BY conversation_id ORDER BY minute, turn_index) AS after
    FROM turns WHERE minute IS NOT NULL
    SELECT turn_index, lead(turn_index) OVER (PARTITION BY conversation_id ORDER BY minute, turn_index) AS after
    FROM turns QUALIFY minute IS NOT NULL
"""

from __future__ import annotations

from sqlglot import exp

from checker.mutant import Mutant
from checker.tree import Tree
from checker.window import Window

_BACK = (exp.Lag, exp.RowNumber, exp.Rank, exp.DenseRank)
_OVER_A_FRAME = (exp.Count, exp.Sum, exp.Min, exp.Max, exp.Avg)


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether the moved condition drops only what stands at the end."""
    condition, select = mutant.edit.place, mutant.edit.node
    if mutant.operator.id not in ("W16", "W17") or condition is None or not isinstance(select, exp.Select):
        return False
    inner = condition.unnest()
    test = inner.this.unnest() if isinstance(inner, exp.Not) else None
    if not (isinstance(test, exp.Is) and isinstance(test.expression, exp.Null) and isinstance(test.this, exp.Column)):
        return False
    windows = [window for window in tree.windows if window.node.find_ancestor(exp.Select) is select]
    return bool(windows) and all(_looks_back(window, test.this) for window in windows)


def _looks_back(window: Window, column: exp.Column) -> bool:
    first = window.order[0] if window.order else None
    key = first.parent if first is not None else None
    if not isinstance(key, exp.Ordered) or key.args.get("desc") or key.args.get("nulls_first"):
        return False
    if first != column:
        return False
    if (
        isinstance(window.function, exp.Min | exp.Max)
        and window.function.this == column
        and _runs_to_edges(window.frame)
    ):
        return True
    if isinstance(window.function, exp.Lead):
        return window.function.this == column and window.function.args.get("default") is None
    if isinstance(window.function, _BACK):
        offset = window.function.args.get("offset")
        return offset is None or (isinstance(offset, exp.Literal) and offset.is_int)
    return isinstance(window.function, _OVER_A_FRAME) and _ends_before(window.frame)


def _runs_to_edges(frame: exp.WindowSpec | None) -> bool:
    """Whether nothing is counted off at the bounds of a frame."""
    bounds = [] if frame is None else [str(frame.args.get(name) or "CURRENT ROW").upper() for name in ("start", "end")]
    return all(bound in ("UNBOUNDED", "CURRENT ROW") for bound in bounds)


def _ends_before(frame: exp.WindowSpec | None) -> bool:
    if frame is None:
        return True
    side = str(frame.args.get("end_side") or "").upper()
    return str(frame.args.get("end") or "CURRENT ROW").upper() == "CURRENT ROW" or side == "PRECEDING"
