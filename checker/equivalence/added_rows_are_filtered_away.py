"""An outer join adds rows that WHERE, or a later inner join, throws away again.

Proof: the other kind of join differs from the first only in rows that found no partner on one side;
all columns of that side are NULL in them. A condition of WHERE, or of an inner join that comes
later, compares a column of that side, or asks it for a value, so it is not true for any of them.

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

Proves J01:
    SELECT users.user_id, labels.risk FROM users JOIN labels ON labels.user_id = users.user_id
    JOIN users AS again ON again.user_id = labels.user_id
    SELECT users.user_id, labels.risk FROM users LEFT JOIN labels ON labels.user_id = users.user_id
    JOIN users AS again ON again.user_id = labels.user_id

Leaves J01:
    SELECT users.user_id, labels.risk FROM users LEFT JOIN labels ON labels.user_id = users.user_id
    SELECT users.user_id, labels.risk FROM users FULL JOIN labels ON labels.user_id = users.user_id
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlglot import exp

from checker.edit import parts
from checker.mutant import Mutant
from checker.presence import filters
from checker.tree import Tree

_STRICT = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
# What the second kind adds to the first: rows in which the left or the right side is missing.
_ADDS = {("LEFT", "FULL"): "left", ("RIGHT", "FULL"): "right", ("", "LEFT"): "right", ("", "RIGHT"): "left"}


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether a filter asks for the side that is missing in the rows that one of the two joins adds."""
    join, other = mutant.edit.node, mutant.edit.replacement
    select = join.parent
    if mutant.operator.id != "J01" or not isinstance(join, exp.Join) or not isinstance(select, exp.Select):
        return False
    sides = (join.side.upper(), other.side.upper()) if isinstance(other, exp.Join) else ("", "")
    missing = _ADDS.get(sides) or _ADDS.get((sides[1], sides[0]))
    joins = select.args["joins"]
    place = next(number for number, each in enumerate(joins) if each is join)
    later = joins[place + 1 :]
    if missing is None or any(each.side.upper() in ("RIGHT", "FULL") or each.kind for each in later):
        return False
    asked = _asked(tree, select, [*filters(select), *_conditions_of(later)])
    if missing == "right":
        return join.this.alias_or_name.lower() in asked
    return bool(asked & _sources([select.args["from_"], *joins[:place]]))


def _conditions_of(joins: Sequence[exp.Join]) -> Iterator[exp.Expr]:
    """What inner joins ask of the rows before them."""
    for join in joins:
        if not join.side and join.args.get("on") is not None:
            yield from parts(join.args["on"])


def _sources(clauses: Sequence[exp.Expr]) -> set[str]:
    return {clause.this.alias_or_name.lower() for clause in clauses}


def _asked(tree: Tree, select: exp.Select, conditions: Sequence[exp.Expr]) -> set[str]:
    """The sources of which the conditions need a value."""
    scope = tree.scope(select)
    found = set()
    for condition in conditions:
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
