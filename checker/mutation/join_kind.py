"""Which rows a join keeps that found no partner.

Setup:
    CREATE TABLE users AS SELECT * FROM (VALUES ('u1'), ('u2')) AS t(user_id);
    CREATE TABLE labels AS SELECT * FROM (VALUES ('u1', 'low'), ('u1', 'high'), ('u3', 'low')) AS t(user_id, risk);
    CREATE TABLE messages AS SELECT * FROM (VALUES (1, ['a', 'b']), (2, []), (3, NULL)) AS t(message_id, blocks);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, changing
from checker.mutant import operator
from checker.tree import Tree


def _unnests(join: exp.Join) -> bool:
    return isinstance(join.this, exp.Unnest) or (
        isinstance(join.this, exp.Lateral) and join.this.find(exp.Unnest) is not None
    )


def keep_empty_lists(tree: Tree) -> Iterator[Edit]:
    """LEFT JOIN .. ON TRUE for a list that is unfolded by a cross join."""
    for join in tree.nodes(exp.Join):
        if _unnests(join) and not join.side:
            yield changing(join, side="LEFT", kind=None, on=exp.Boolean(this=True))


@operator("J01", clause="JOIN", symmetric=True)
def join_by_another_kind(tree: Tree) -> Iterator[Edit]:
    """You join by the wrong kind: an inner join loses what has no partner, an outer join keeps it.

    Before:
        SELECT users.user_id, risk FROM users LEFT JOIN labels ON labels.user_id = users.user_id
    After:
        SELECT users.user_id, risk FROM users JOIN labels ON labels.user_id = users.user_id
    """
    for join in tree.nodes(exp.Join):
        kind, side = join.kind.upper(), join.side.upper()
        conditional = join.args.get("on") is not None or join.args.get("using")
        if kind in ("SEMI", "ANTI"):
            yield changing(join, kind="ANTI" if kind == "SEMI" else "SEMI")
        elif conditional and not _unnests(join) and kind in ("", "INNER", "OUTER"):
            sides = (None, "RIGHT", "FULL") if side == "LEFT" else (None,) if side else ("LEFT", "RIGHT")
            for other in sides:
                if not (join.method and other not in (None, "LEFT")):
                    yield changing(join, side=other, kind=None)


@operator("J06", clause="UNNEST", inverse=keep_empty_lists)
def lose_empty_lists(tree: Tree) -> Iterator[Edit]:
    """You unfold a list by a cross join: a row whose list is empty or missing vanishes.

    Before:
        SELECT message_id, block FROM messages LEFT JOIN unnest(blocks) AS u(block) ON true
    After:
        SELECT message_id, block FROM messages CROSS JOIN unnest(blocks) AS u(block)
    """
    for join in tree.nodes(exp.Join):
        if _unnests(join) and join.side.upper() == "LEFT":
            yield changing(join, side=None, kind="CROSS", on=None)
