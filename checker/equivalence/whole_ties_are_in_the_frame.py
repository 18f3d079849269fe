"""A frame in RANGE from edge to edge, or to the current row, is one in GROUPS, and the one by default.

Proof: at UNBOUNDED nothing is counted, and the current row in RANGE and in GROUPS means all rows that tie
with it. A window that has an order and no frame has RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 10), (2, 10), (3, 30)) AS t(turn_index, minute);

Proves W06:
    SELECT turn_index, count(*) OVER (ORDER BY minute RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n FROM turns
    SELECT turn_index, count(*) OVER (ORDER BY minute) AS n FROM turns

Leaves W06:
    SELECT turn_index, count(*) OVER (ORDER BY minute ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n FROM turns
    SELECT turn_index, count(*) OVER (ORDER BY minute) AS n FROM turns

Proves W07:
    SELECT minute, count(*) OVER (ORDER BY minute RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS n FROM turns
    SELECT minute, count(*) OVER (ORDER BY minute GROUPS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS n FROM turns

Leaves W07:
    SELECT turn_index, count(*) OVER (ORDER BY minute RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS n FROM turns
    SELECT turn_index, count(*) OVER (ORDER BY minute GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) AS n FROM turns
"""

from __future__ import annotations

from sqlglot import exp

from checker.mutant import Mutant
from checker.tree import Tree

_EDGES = ("UNBOUNDED", "CURRENT ROW")
_BY_TIES = ("RANGE", "GROUPS")


def holds(_tree: Tree, mutant: Mutant) -> bool:
    """Whether the frame holds whole ties, and still does."""
    node, other = mutant.edit.node, mutant.edit.replacement
    match mutant.operator.id:
        case "W07" if isinstance(node, exp.WindowSpec):
            return all(_kind(spec) in _BY_TIES for spec in (node, other)) and _to_edges(node)
        case "W06" if isinstance(node, exp.Window):
            frame = node.args.get("spec") or exp.WindowSpec()
            runs = (_bound(frame, "start"), _bound(frame, "end")) == _EDGES
            plain = runs and not frame.args.get("exclude") and node.args.get("order") is not None
            return plain and _kind(frame) in _BY_TIES
    return False


def _kind(spec: exp.Expr) -> str:
    return str(spec.args.get("kind") or "").upper()


def _to_edges(spec: exp.WindowSpec) -> bool:
    return _bound(spec, "start") in _EDGES and _bound(spec, "end") in _EDGES


def _bound(spec: exp.Expr, name: str) -> str:
    value = spec.args.get(name)
    return value.sql() if isinstance(value, exp.Expr) else str(value or "CURRENT ROW").upper()
