"""Whoever knows a conversation of `turns` knows its user.

Proof: the data dictionary says so: user_id is constant within a conversation, NULL included. The rows of
one partition or group agree in their conversation, which is not NULL, so they agree in their user:
without this key the partitions and groups are the same, and any, the least and the greatest user are one.

Setup:
    CREATE TABLE turns (conversation_id VARCHAR NOT NULL, turn_index INTEGER NOT NULL, user_id VARCHAR, risk VARCHAR);
    INSERT INTO turns VALUES ('c1', 1, 'u1', 'low'), ('c1', 2, 'u1', 'high'),
        ('c2', 1, 'u1', 'low'), ('c3', 1, NULL, '');

Proves W02:
    SELECT turn_index, count(*) OVER (PARTITION BY user_id, conversation_id) AS n FROM turns
    SELECT turn_index, count(*) OVER (PARTITION BY conversation_id) AS n FROM turns

Leaves W02:
    SELECT turn_index, count(*) OVER (PARTITION BY user_id, conversation_id) AS n FROM turns
    SELECT turn_index, count(*) OVER (PARTITION BY user_id) AS n FROM turns

Proves A06:
    SELECT user_id, conversation_id, count(*) AS n FROM turns GROUP BY user_id, conversation_id
    SELECT min(user_id) AS user_id, conversation_id, count(*) AS n FROM turns GROUP BY conversation_id

Proves A03:
    SELECT any_value(user_id) AS user_id, count(*) AS n FROM turns GROUP BY conversation_id
    SELECT min(user_id) AS user_id, count(*) AS n FROM turns GROUP BY conversation_id

Leaves A03:
    SELECT min(risk) AS risk, count(*) AS n FROM turns GROUP BY conversation_id
    SELECT max(risk) AS risk, count(*) AS n FROM turns GROUP BY conversation_id

Source: generator/tables/turns.toml; a test holds the worlds to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from checker.mutant import Mutant
from checker.presence import present, window_keys
from checker.tree import Tree

_ONE_OF_THEM = (exp.AnyValue, exp.Min, exp.Max)


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether the edit leaves the user out, or takes another one, where the conversation is known."""
    node, place = mutant.edit.node, mutant.edit.place
    call = node.this if isinstance(node, exp.IgnoreNulls) else node
    match mutant.operator.id:
        case "W02" if isinstance(node, exp.Window) and place is not None:
            return _follows(tree, place, window_keys(tree, node))
        case "S01" if isinstance(node.parent, exp.Window) and node.arg_key == "partition_by":
            keys = window_keys(tree, node.parent)
            return mutant.edit.replacement in keys and _follows(tree, node, keys)
        case "A06" if isinstance(node, exp.Select) and place is not None:
            return _follows(tree, place, node.args["group"].expressions)
        case "A03" if isinstance(call, _ONE_OF_THEM) and isinstance(mutant.edit.replacement, _ONE_OF_THEM):
            select = call.find_ancestor(exp.Select)
            group = select.args.get("group") if select is not None else None
            return group is not None and _follows(tree, call.this, group.expressions)
    return False


def _follows(tree: Tree, value: exp.Expr, keys: Sequence[exp.Expr]) -> bool:
    """Whether the value is the user of a conversation that is among the keys."""
    user = _source(tree, value, "user_id")
    known = (_source(tree, key, "conversation_id") for key in keys if present(tree, key))
    return user is not None and user in known


def _source(tree: Tree, expression: exp.Expr, name: str) -> str | None:
    """From which source of its SELECT this column of `turns` is read; None when it is another one."""
    found, scope = tree.field(expression), tree.scope(expression)
    if found is None or scope is None or (found.table, found.column) != ("turns", name):
        return None
    column = expression.unnest()
    place = scope.place(column) if isinstance(column, exp.Column) else None
    return place[0] if place is not None else None
