"""A window function that depends on the order of tied rows, and an order key that ties.

**Why it bites.** Two messages of one conversation can share their microsecond. `row_number() = 1`
then keeps either of them, LAG takes either as the one before, and the answer changes with the
number of threads. With the data profile the rule knows which columns are unique together, also
through CTEs, joins on a key, GROUP BY and DISTINCT.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('m1', 'c1', 1, TIMESTAMPTZ '2026-01-05 10:00:00+00', 'low'),
        ('m3', 'c1', 3, TIMESTAMPTZ '2026-01-05 10:01:00+00', 'high'),
        ('m2', 'c1', 2, TIMESTAMPTZ '2026-01-05 10:01:00+00', 'medium')
    ) AS t(message_id, conversation_id, turn_index, created_at, risk);

Fires:

    SELECT message_id, row_number() OVER (PARTITION BY conversation_id ORDER BY created_at) AS place FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT message_id, row_number() OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS place
    FROM turns

Effect: differs

Allow it when a filter that the rule cannot follow has removed the ties.

Source: DuckDB documentation, "Order Preservation": the order among equal keys is not defined.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.grain import missing_owner
from checker.rule import Hit, Needs
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Proof, Severity
from checker.window import Window, reads_only

ID = "WIN006"
SEVERITY = Severity.WARNING
PROOF = Proof.ORDER
NEEDS = Needs.PROFILE

_BY_PLACE = (exp.RowNumber, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.NthValue, exp.Ntile)
_RANKS = (exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist)
_BY_PLACE_AGGREGATES = (exp.First, exp.Last)


def check(tree: Tree) -> Iterator[Hit]:
    """The calls whose value depends on the order of rows that the profile shows to tie."""
    for window in tree.windows:
        keys = (*window.partition, *window.order)
        if not window.order or window.has_constant_order or not _depends_on_ties(window) or reads_only(window, keys):
            continue
        if _is_key_itself(window) and not _is_read_in_another_order(tree, window):
            continue
        scope = tree.scope(window.node)
        if scope is None or missing_owner(window, scope, tree.profile) is not None:
            continue
        if scope.unique_rows(keys) is False and not _agrees_among_ties(window, scope):
            ordered = ", ".join(order.sql(dialect="duckdb") for order in window.order)
            yield Hit(
                tree.call_over(window.node),
                f"{ordered} is not unique within the partition: which of the tied rows comes first is left to chance",
            )


def _depends_on_ties(window: Window) -> bool:
    function = window.function
    if isinstance(function, _RANKS) or function.find(exp.Order) is not None:
        return False
    if isinstance(function, _BY_PLACE):
        return True
    return isinstance(function, exp.AggFunc) and _ends_among_ties(window)


def _is_key_itself(window: Window) -> bool:
    """The value before in the order of that value is the same whichever of the tied rows comes first."""
    value = window.function.this if isinstance(window.function.this, exp.Expr) else None
    if value is None or isinstance(window.function, exp.Ntile):
        return False
    known = {*window.order, *window.partition}
    columns = list(value.find_all(exp.Column))
    return bool(columns) and all(column in known for column in columns)


def _is_read_in_another_order(tree: Tree, window: Window) -> bool:
    """Whether a window that breaks the ties reads this one's column: then it matters which row got which value."""
    finer = (other for other in tree.windows if len(other.order) > len(window.order))
    return any(tree.lineage.origin(c) is window.node for other in finer for c in other.node.this.find_all(exp.Column))


def _agrees_among_ties(window: Window, scope: Scope) -> bool:
    """The first of rows that tie is as good as another where the keys settle the value."""
    if not isinstance(window.function, exp.FirstValue | exp.LastValue | exp.NthValue):
        return False
    keys = [key.unnest() for key in (*window.partition, *window.order)]
    known = {scope.place(key) for key in keys if isinstance(key, exp.Column)}
    settled = scope.closure(place for place in known if place is not None)
    places = {scope.place(column) for column in window.function.find_all(exp.Column)}
    return all(place is not None and place[0] in settled for place in places)


def _ends_among_ties(window: Window) -> bool:
    """A ROWS frame may cut tied rows apart, unless it spans the partition; RANGE and GROUPS never do."""
    if isinstance(window.function, _BY_PLACE_AGGREGATES):
        return True
    frame = window.frame
    if frame is None or str(frame.args.get("kind")).upper() != "ROWS":
        return False
    return not (str(frame.args.get("start")).upper() == str(frame.args.get("end")).upper() == "UNBOUNDED")
