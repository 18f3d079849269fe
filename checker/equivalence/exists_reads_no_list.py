"""What stands in the SELECT list of EXISTS is never read.

Proof: EXISTS asks whether there is a row. The list has no aggregate, so it makes neither more nor
fewer rows.

Setup:
    CREATE TABLE users AS SELECT * FROM (VALUES ('u1'), ('u2')) AS t(user_id);
    CREATE TABLE labels AS SELECT * FROM (VALUES ('u1', 3)) AS t(user_id, level);

Proves P06:
    SELECT user_id FROM users WHERE EXISTS(SELECT 1 FROM labels WHERE labels.user_id = users.user_id)
    SELECT user_id FROM users WHERE EXISTS(SELECT 2 FROM labels WHERE labels.user_id = users.user_id)

Leaves P06:
    SELECT user_id FROM users WHERE EXISTS(SELECT 1 FROM labels WHERE labels.level = 3)
    SELECT user_id FROM users WHERE EXISTS(SELECT 1 FROM labels WHERE labels.level = 4)
"""

from __future__ import annotations

from sqlglot import exp

from checker.mutant import Mutant
from checker.tree import Tree


def holds(_tree: Tree, mutant: Mutant) -> bool:
    """Whether the edit stands in such a list."""
    node = mutant.edit.node
    while node.parent is not None:
        if isinstance(node.parent, exp.Select):
            select = node.parent
            in_the_list = node.arg_key == "expressions" and isinstance(select.parent, exp.Exists)
            rows_depend = any(item.find(exp.AggFunc, exp.Window, exp.Explode) for item in select.expressions)
            return in_the_list and not rows_depend and select.args.get("distinct") is None
        node = node.parent
    return False
