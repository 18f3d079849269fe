"""An outer join adds rows that WHERE throws away again.

Proof: the other kind of join differs from the first only in rows that found no partner on one side;
all columns of that side are NULL in them. A condition of WHERE compares a column of that side, or
asks it for a value, so it is not true for any of them.

Setup:
    CREATE TABLE users AS SELECT * FROM (VALUES ('u1', 'free'), ('u2', 'pro')) AS t(user_id, plan);
    CREATE TABLE labels AS SELECT * FROM (VALUES ('u1', 'low'), ('u3', 'high')) AS t(user_id, risk);

Proves J01:
    SELECT users.user_id, labels.risk FROM users LEFT JOIN labels ON labels.user_id = users.user_id
    WHERE users.plan = 'free'
    SELECT users.user_id, labels.risk FROM users FULL JOIN labels ON labels.user_id = users.user_id
    WHERE users.plan = 'free'

Proves J01:
    SELECT users.user_id, labels.risk FROM users JOIN labels ON labels.user_id = users.user_id
    WHERE users.plan BETWEEN labels.risk AND 'z'
    SELECT users.user_id, labels.risk FROM users LEFT JOIN labels ON labels.user_id = users.user_id
    WHERE users.plan BETWEEN labels.risk AND 'z'

Leaves J01:
    SELECT users.user_id, labels.risk FROM users LEFT JOIN labels ON labels.user_id = users.user_id
    SELECT users.user_id, labels.risk FROM users FULL JOIN labels ON labels.user_id = users.user_id
"""

from __future__ import annotations

from sqlglot import exp

from checker.mutant import Mutant
from checker.presence import filters
from checker.tree import Tree

_STRICT = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
# What the second kind adds to the first: rows in which the left or the right side is missing.
_ADDS = {("LEFT", "FULL"): "left", ("RIGHT", "FULL"): "right", ("", "LEFT"): "right", ("", "RIGHT"): "left"}


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether WHERE asks for the side that is missing in the rows that one of the two joins adds."""
    join, other = mutant.edit.node, mutant.edit.replacement
    select = join.parent
    if mutant.operator.id != "J01" or not isinstance(join, exp.Join) or not isinstance(select, exp.Select):
        return False
    sides = (join.side.upper(), other.side.upper()) if isinstance(other, exp.Join) else ("", "")
    missing = _ADDS.get(sides) or _ADDS.get((sides[1], sides[0]))
    alone = len(select.args["joins"]) == 1
    if missing is None or not alone:
        return False
    right = join.this.alias_or_name.lower()
    return any((source == right) is (missing == "right") for source in _asked(tree, select))


def _asked(tree: Tree, select: exp.Select) -> set[str]:
    """The sources of which WHERE needs a value."""
    scope = tree.scope(select)
    found = set()
    for condition in filters(select):
        inner = condition.unnest()
        if isinstance(inner, _STRICT):
            sides = [side for side in (inner.this, inner.expression) if isinstance(side, exp.Column)]
        elif isinstance(inner, exp.Between):
            bounds = (inner.this, inner.args["low"], inner.args["high"])
            sides = [side for side in bounds if isinstance(side, exp.Column)]
        elif isinstance(inner, exp.Not) and isinstance(inner.this.unnest(), exp.Is):
            test = inner.this.unnest()
            sides = [test.this] if isinstance(test.expression, exp.Null) and isinstance(test.this, exp.Column) else []
        else:
            sides = []
        places = [scope.place(side) for side in sides] if scope is not None else []
        found |= {place[0] for place in places if place is not None}
    return found
