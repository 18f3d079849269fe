"""`//` divides floats as `/` does.

Proof: DuckDB has `//` for whole numbers alone; with a float on one side both signs are the same division
(17.5 // 60 is 0.2916...). The type of one side is known to be a float.

Setup:
    CREATE TABLE incidents AS SELECT * FROM (VALUES (TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01 00:01:30', 90))
        AS t(started_at, detected_at, seconds);

Proves C04:
    SELECT epoch(detected_at - started_at) / 60 AS minutes FROM incidents
    SELECT epoch(detected_at - started_at) // 60 AS minutes FROM incidents

Leaves C04:
    SELECT seconds / 60 AS minutes FROM incidents
    SELECT seconds // 60 AS minutes FROM incidents
"""

from __future__ import annotations

from sqlglot import exp

from checker.expression_type import Family
from checker.mutant import Mutant
from checker.tree import Tree


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether one of the two signs was taken for the other where a float is divided."""
    node = mutant.edit.node
    if mutant.operator.id != "C04" or not isinstance(node, exp.Div | exp.IntDiv):
        return False
    return Family.FLOAT in (tree.family(node.this), tree.family(node.expression))
