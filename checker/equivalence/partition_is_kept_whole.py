"""A filter that keeps or drops whole partitions may stand before or after the windows.

Proof: the condition reads only columns that every window of the SELECT partitions by. All rows of a
partition agree in them, so the condition is the same for all of them: a partition is there whole or
not at all, and what a window sees of the partitions that stay does not change.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, 'user'), ('c1', 2, 'tool'), (NULL, 1, 'user'), ('c2', 1, 'user')
    ) AS t(conversation_id, turn_index, role);

Proves W16:
    SELECT turn_index, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index DESC) AS n
    FROM turns WHERE conversation_id IS NOT NULL
    SELECT turn_index, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index DESC) AS n
    FROM turns QUALIFY conversation_id IS NOT NULL

Leaves W16:
    SELECT turn_index, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index DESC) AS n
    FROM turns WHERE role = 'user'
    SELECT turn_index, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index DESC) AS n
    FROM turns QUALIFY role = 'user'
"""

from __future__ import annotations

from sqlglot import exp

from checker.mutant import Mutant
from checker.tree import Tree


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether the moved condition is about partitions as wholes."""
    condition, select = mutant.edit.place, mutant.edit.node
    if mutant.operator.id not in ("W16", "W17") or condition is None or not isinstance(select, exp.Select):
        return False
    windows = [window for window in tree.windows if window.node.find_ancestor(exp.Select) is select]
    asked = {column.name.lower() for column in condition.find_all(exp.Column)}
    by = [{key.name.lower() for key in window.partition if isinstance(key, exp.Column)} for window in windows]
    return bool(windows) and condition.find(exp.Window) is None and all(asked <= keys for keys in by)
