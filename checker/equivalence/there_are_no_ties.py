"""Where an order has no ties, it does not matter how ties are treated.

Proof: the partition and the sort keys up to the edited place hold a key of the rows that the window
sees, none of whose columns is NULL. So all rows of a partition differ in them: ROW_NUMBER, RANK and
DENSE_RANK agree; a later sort key is never asked; a frame in ROWS, RANGE or GROUPS that ends at the
current row or at an edge holds the same rows; one that ends 1 before does where the sort key is a whole
number.

Setup:
    CREATE TABLE turns (conversation_id VARCHAR NOT NULL, turn_index INTEGER NOT NULL, minute INTEGER,
        UNIQUE (conversation_id, turn_index));
    INSERT INTO turns VALUES ('c1', 1, 5), ('c1', 2, 5), ('c2', 1, 9), ('c2', 2, 1);

Proves W13:
    SELECT minute, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n FROM turns
    SELECT minute, rank() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n FROM turns

Leaves W13:
    SELECT minute, row_number() OVER (PARTITION BY conversation_id ORDER BY minute) AS n FROM turns
    SELECT minute, rank() OVER (PARTITION BY conversation_id ORDER BY minute) AS n FROM turns

Proves W05:
    SELECT minute, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index, minute) AS n FROM turns
    SELECT minute, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n FROM turns

Leaves W07:
    SELECT
        minute,
        count(*) OVER (PARTITION BY conversation_id ORDER BY minute
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n
    FROM turns
    SELECT
        minute,
        count(*) OVER (PARTITION BY conversation_id ORDER BY minute
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n
    FROM turns
"""

from __future__ import annotations

from sqlglot import exp

from checker.mutant import Mutant
from checker.presence import rows_differ
from checker.tree import Tree
from checker.window import Window

_EDGES = ("UNBOUNDED", "CURRENT ROW")


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether the rows are told apart before what was edited could matter."""
    node = mutant.edit.node
    windows = [window for window in tree.windows if _concerns(window, mutant)]
    if not windows:
        return False
    match mutant.operator.id:
        case "W13":
            return all(_apart(tree, window, len(window.order)) for window in windows)
        case "W06" | "W07":
            frame = node if isinstance(node, exp.WindowSpec) else node.args.get("spec")
            return _is_plain(tree, frame, mutant, windows) and all(
                _apart(tree, window, len(window.order)) for window in windows
            )
        case "W04" | "W05" | "N10" | "S01":
            return _is_after_a_key(tree, mutant, windows)
    return False


def _concerns(window: Window, mutant: Mutant) -> bool:
    place = mutant.edit.place or mutant.edit.node
    inside = any(part is place for part in window.node.walk()) or any(
        part is mutant.edit.node for part in window.node.walk()
    )
    orders = any(key is part for key in window.order for part in place.walk())
    of_order = any(key.parent is not None and key.parent.parent is mutant.edit.node for key in window.order)
    return inside or orders or of_order


def _apart(tree: Tree, window: Window, keys: int) -> bool:
    select = window.node.find_ancestor(exp.Select)
    return select is not None and rows_differ(tree, select, (*window.partition, *window.order[:keys]))


def _is_plain(tree: Tree, frame: exp.Expr | None, mutant: Mutant, windows: list[Window]) -> bool:
    """A frame whose bounds mean the same in every unit once there are no ties."""
    if not isinstance(frame, exp.WindowSpec) or frame.args.get("exclude") is not None:
        return False
    start, end = (_bound(frame.args.get(name)) for name in ("start", "end"))
    if mutant.operator.id == "W06":
        return start == "UNBOUNDED" and end == "CURRENT ROW"
    if (start, end) == ("UNBOUNDED", "1") and str(frame.args.get("end_side")).upper() == "PRECEDING":
        return _by_whole_numbers(tree, windows)
    to_groups = str(mutant.edit.replacement.args.get("kind")).upper() in ("ROWS", "GROUPS")
    from_groups = str(frame.args.get("kind")).upper() in ("ROWS", "GROUPS")
    return (start in _EDGES and end in _EDGES) or (to_groups and from_groups)


def _bound(value: object) -> str:
    return value.name if isinstance(value, exp.Expr) else str(value or "CURRENT ROW").upper()


def _by_whole_numbers(tree: Tree, windows: list[Window]) -> bool:
    """Whether "at least 1 before" means "any row before": the one sort key is a whole number without ties."""
    for window in windows:
        scope = tree.scope(window.node)
        kind = scope.type_of(window.order[0]) if scope is not None and len(window.order) == 1 else None
        if kind not in ("INTEGER", "BIGINT", "SMALLINT"):
            return False
    return True


def _is_after_a_key(tree: Tree, mutant: Mutant, windows: list[Window]) -> bool:
    place = mutant.edit.place if mutant.operator.id == "W05" else mutant.edit.node
    if place is None:
        return False
    for window in windows:
        positions = [n for n, key in enumerate(window.order) if _same_place(key, place)]
        if not positions or not _apart(tree, window, positions[0]):
            return False
    return True


def _same_place(key: exp.Expr, place: exp.Expr) -> bool:
    return any(part is key for part in place.walk()) or any(part is place for part in key.walk())
