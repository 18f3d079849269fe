"""A group key that follows from the others makes no groups of its own.

Proof: the keys that are left hold a key of the source of the dropped column, none of whose columns is
NULL. Rows that agree in them come from one row of that source, so they agree in the dropped column:
the groups are the same, and min() of one value is that value.

Setup:
    CREATE TABLE conversations (conversation_id VARCHAR NOT NULL PRIMARY KEY, surface VARCHAR, topic VARCHAR);
    INSERT INTO conversations VALUES ('c1', 'web', 'a'), ('c2', 'web', 'b'), ('c3', 'api', NULL);

Proves A06:
    SELECT conversation_id, surface, count(*) AS n FROM conversations GROUP BY conversation_id, surface
    SELECT conversation_id, min(surface) AS surface, count(*) AS n FROM conversations GROUP BY conversation_id

Leaves A06:
    SELECT surface, topic, count(*) AS n FROM conversations GROUP BY surface, topic
    SELECT surface, min(topic) AS topic, count(*) AS n FROM conversations GROUP BY surface
"""

from __future__ import annotations

from sqlglot import exp

from checker.mutant import Mutant
from checker.presence import present
from checker.tree import Tree


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether the dropped key is known once the others are."""
    dropped, select = mutant.edit.place, mutant.edit.node
    if mutant.operator.id != "A06" or not isinstance(dropped, exp.Column) or not isinstance(select, exp.Select):
        return False
    scope = tree.scope(select)
    place = scope.place(dropped) if scope is not None else None
    if scope is None or place is None:
        return False
    kept = [key for key in select.args["group"].expressions if key is not dropped and isinstance(key, exp.Column)]
    known = {scope.place(key) for key in kept if present(tree, key)}
    return place[0] in scope.closure({found for found in known if found is not None})
