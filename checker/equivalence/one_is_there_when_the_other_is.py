"""COUNT gives the same number for two columns that are missing together.

Proof: both columns come from the same source. In it neither is NULL, by the schema or by the
condition that joins it; if the row found no partner, both are NULL. So COUNT counts the same rows.

Setup:
    CREATE TABLE users (user_id VARCHAR NOT NULL);
    CREATE TABLE turns (message_id VARCHAR NOT NULL, user_id VARCHAR, topic_id VARCHAR);
    INSERT INTO users VALUES ('u1'), ('u2');
    INSERT INTO turns VALUES ('m1', 'u1', NULL), ('m2', 'u1', 'a'), ('m3', NULL, 'a');

Proves S01:
    SELECT users.user_id, count(turns.message_id) AS n
    FROM users LEFT JOIN turns ON turns.user_id = users.user_id GROUP BY users.user_id
    SELECT users.user_id, count(turns.user_id) AS n
    FROM users LEFT JOIN turns ON turns.user_id = users.user_id GROUP BY users.user_id

Leaves S01:
    SELECT users.user_id, count(turns.user_id) AS n
    FROM users LEFT JOIN turns ON turns.user_id = users.user_id GROUP BY users.user_id
    SELECT users.user_id, count(turns.topic_id) AS n
    FROM users LEFT JOIN turns ON turns.user_id = users.user_id GROUP BY users.user_id
"""

from __future__ import annotations

from sqlglot import exp

from checker.edit import parts
from checker.mutant import Mutant
from checker.scope import Scope
from checker.tree import Tree


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether COUNT reads another column that is there whenever the first is."""
    column, other = mutant.edit.node, mutant.edit.replacement
    scope = tree.scope(column)
    is_counted = isinstance(column.parent, exp.Count) and isinstance(column, exp.Column)
    if mutant.operator.id != "S01" or scope is None or not is_counted or not isinstance(other, exp.Column):
        return False
    return all(_there_with_its_row(scope, each) for each in (column, other))


def _there_with_its_row(scope: Scope, column: exp.Expr) -> bool:
    place = scope.place(column) if isinstance(column, exp.Column) else None
    if place is None:
        return False
    source = scope.sources[place[0]]
    inside = source.fields.get(place[1])
    return (inside is not None and inside.nullable is False) or place in _joined(scope)


def _joined(scope: Scope) -> set[tuple[str, str] | None]:
    """The columns that an ON compares by =: a row with NULL there is no partner."""
    found = set()
    for join in scope.select.args.get("joins") or ():
        for test in parts(join.args["on"]) if join.args.get("on") is not None else ():
            if isinstance(test, exp.EQ):
                sides = [side for side in (test.this, test.expression) if isinstance(side, exp.Column)]
                found |= {scope.place(s) for s in sides if s.table.lower() == join.this.alias_or_name.lower()}
    return found
