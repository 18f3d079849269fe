"""A running aggregate without a frame, whose order key repeats: tied rows all get the same total.

**Why it bites.** The default frame is RANGE: it ends not at the current row but after the last row
that ties with it. Three turns of one instant, of 20 tokens each after a first of 10, run to 10, 70,
70, 70. Changing RANGE to ROWS alone makes the answer depend on chance: add a tiebreaker too.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('m1', 'c1', 1, TIMESTAMPTZ '2026-01-05 10:00:00+00', 10),
        ('m2', 'c1', 2, TIMESTAMPTZ '2026-01-05 10:01:00+00', 20),
        ('m3', 'c1', 3, TIMESTAMPTZ '2026-01-05 10:01:00+00', 20),
        ('m4', 'c1', 4, TIMESTAMPTZ '2026-01-05 10:01:00+00', 20)
    ) AS t(message_id, conversation_id, turn_index, created_at, output_tokens);

Fires:

    SELECT message_id, sum(output_tokens) OVER (PARTITION BY conversation_id ORDER BY created_at) AS so_far FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT message_id, sum(output_tokens) OVER (
        PARTITION BY conversation_id ORDER BY created_at, turn_index
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS so_far
    FROM turns

Effect: differs

Allow it when tied rows shall share their total; better, write RANGE.

Source: DuckDB documentation, "Window Functions", Framing; sqlfluff issue 4039.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Edit, Fix, Proof, Severity, Span
from checker.window import Window

ID = "WIN001"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
PROOF = Proof.REPAIR

_BY_PLACE = (exp.First, exp.Last, exp.FirstValue, exp.LastValue, exp.NthValue, exp.Lag, exp.Lead, exp.RowNumber)
_RANKS = (exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist, exp.Ntile)


def check(tree: Tree) -> Iterator[Hit]:
    """The ordered aggregates without a frame, where the profile proves that the order key repeats."""
    for window in tree.windows:
        if not _is_running(window) or _is_order_itself(window):
            continue
        scope = tree.lineage.scope(window.node)
        if scope is not None and scope.unique_rows((*window.partition, *window.order)) is False:
            name = window.name
            keys = ", ".join(order.sql(dialect="duckdb") for order in window.order)
            yield Hit(
                tree.call_over(window.node),
                f"rows that tie on {keys} all get the same running {name}: write the frame and a tiebreaker",
                probe=_framed(tree, window),
            )


def _framed(tree: Tree, window: Window) -> Fix | None:
    """The same call row by row, where its order stands in its own brackets."""
    order = tree.window_clause(window.node, "ORDER")
    edit = Edit(Span(order.end, order.end), " ROWS UNBOUNDED PRECEDING") if order is not None else None
    return Fix((edit,), safe=False) if edit is not None else None


def _is_running(window: Window) -> bool:
    aggregate = isinstance(window.function, exp.AggFunc) and not isinstance(window.function, _BY_PLACE + _RANKS)
    return aggregate and bool(window.order) and not window.has_constant_order and window.frame is None


def _is_order_itself(window: Window) -> bool:
    """max(t) in the order of t is the same for tied rows in every frame."""
    if not isinstance(window.function, exp.Max | exp.Min | exp.AnyValue):
        return False
    known = {*window.order, *window.partition}
    return window.function.this is not None and window.function.this in known
