"""DISTINCT inside an aggregate changes nothing where no value comes twice.

Proof: the value is a key of its source, and its row tells the rows of all other sources: by their
keys, where the joins' conditions are met, and they are met where the value is not NULL. So each value
that is not NULL comes once; the aggregate leaves NULLs out with and without DISTINCT.

Setup:
    CREATE TABLE turns (message_id INTEGER PRIMARY KEY, user_id VARCHAR, risk VARCHAR);
    CREATE TABLE users (user_id VARCHAR NOT NULL PRIMARY KEY);
    INSERT INTO users VALUES ('u1'), ('u3');
    INSERT INTO turns VALUES (1, 'u1', 'low'), (2, 'u1', 'low'), (3, 'u2', NULL);

Proves A01:
    SELECT user_id, count(message_id) AS n FROM turns GROUP BY user_id
    SELECT user_id, count(DISTINCT message_id) AS n FROM turns GROUP BY user_id

Proves A01:
    SELECT users.user_id, count(turns.message_id) AS n
    FROM users LEFT JOIN turns ON turns.user_id = users.user_id GROUP BY users.user_id
    SELECT users.user_id, count(DISTINCT turns.message_id) AS n
    FROM users LEFT JOIN turns ON turns.user_id = users.user_id GROUP BY users.user_id

Leaves A01:
    SELECT user_id, count(risk) AS n FROM turns GROUP BY user_id
    SELECT user_id, count(DISTINCT risk) AS n FROM turns GROUP BY user_id
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import parts
from checker.mutant import Mutant
from checker.scope import Place, Scope
from checker.tree import Tree


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether the aggregated value is a key of the rows."""
    call = mutant.edit.node
    scope = tree.scope(call)
    if mutant.operator.id != "A01" or scope is None:
        return False
    value = call.this.expressions[0] if isinstance(call.this, exp.Distinct) else call.this
    place = scope.place(value) if isinstance(value, exp.Column) else None
    if place is None or frozenset({place[1]}) not in scope.sources[place[0]].keys:
        return False
    known = {(place[0], name) for name in scope.sources[place[0]].fields}
    met = {other for mine, other in _joined(scope) if mine in known}
    return scope.closure(known | met) == set(scope.sources)


def _joined(scope: Scope) -> Iterator[tuple[Place | None, Place]]:
    """The pairs of columns that an ON compares by =, both ways round."""
    for join in scope.select.args.get("joins") or ():
        for test in parts(join.args["on"]) if join.args.get("on") is not None else ():
            sides = [test.this, test.expression] if isinstance(test, exp.EQ) else []
            places = [scope.place(side) for side in sides if isinstance(side, exp.Column)]
            if len(places) == 2 and places[0] is not None and places[1] is not None:
                yield from ((places[0], places[1]), (places[1], places[0]))
