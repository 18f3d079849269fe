"""Dividing a DOUBLE by // is dividing it by /.

Proof: DuckDB 2.0 throws the rest away where whole numbers are divided; where a side is a DOUBLE, `//`
gives the quotient with its fraction, as `/` does.

Setup:
    CREATE TABLE turns (turn_index INTEGER, seconds DOUBLE, tokens INTEGER);
    INSERT INTO turns VALUES (1, 90.5, 7), (2, NULL, 9);

Proves C04:
    SELECT turn_index, seconds / 60 AS minutes FROM turns
    SELECT turn_index, seconds // 60 AS minutes FROM turns

Leaves C04:
    SELECT turn_index, tokens / 2 AS half FROM turns
    SELECT turn_index, tokens // 2 AS half FROM turns
"""

from __future__ import annotations

from checker.expression_type import Family
from checker.mutant import Mutant
from checker.tree import Tree


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether a side of the division is a float."""
    node = mutant.edit.node
    sides = (node.this, node.args.get("expression")) if mutant.operator.id == "C04" else ()
    return any(side is not None and tree.family(side) is Family.FLOAT for side in sides)
