"""DISTINCT changes nothing where no two rows are equal.

Proof: the rows that the SELECT gives contain a key of what it reads, none of whose columns is NULL,
or everything that it groups by. So any two rows differ in some column, and none is folded away.

Setup:
    CREATE TABLE turns (message_id INTEGER NOT NULL PRIMARY KEY, risk VARCHAR);
    INSERT INTO turns VALUES (1, 'low'), (2, 'low'), (3, NULL);

Proves A02:
    SELECT message_id, risk FROM turns
    SELECT DISTINCT message_id, risk FROM turns

Leaves A02:
    SELECT risk FROM turns
    SELECT DISTINCT risk FROM turns

Leaves A02:
    SELECT DISTINCT risk FROM turns WHERE risk IS NOT NULL
    SELECT risk FROM turns WHERE risk IS NOT NULL

Proves A02:
    SELECT risk, count(*) AS n FROM turns GROUP BY risk
    SELECT DISTINCT risk, count(*) AS n FROM turns GROUP BY risk
"""

from __future__ import annotations

from sqlglot import exp

from checker.mutant import Mutant
from checker.presence import results_differ
from checker.tree import Tree


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether the rows of the SELECT differ from each other anyway."""
    node = mutant.edit.node
    return mutant.operator.id == "A02" and isinstance(node, exp.Select) and results_differ(tree, node)
