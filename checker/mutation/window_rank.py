"""How rows are numbered, and which number is kept.

Setup:
    CREATE TABLE feedback AS SELECT * FROM (VALUES
        ('u1', 1, 'up'), ('u1', 2, 'down'), ('u1', 2, 'up'), ('u2', 5, 'up'), ('u1', 9, 'down')
    ) AS t(user_id, minute, value);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit
from checker.mutant import operator
from checker.tree import Tree

_RANKS: tuple[type[exp.Expr], ...] = (exp.RowNumber, exp.Rank, exp.DenseRank)


@operator("W13", clause="ROW_NUMBER, RANK or DENSE_RANK", symmetric=True)
def number_ties_differently(tree: Tree) -> Iterator[Edit]:
    """You number ties in another way: ROW_NUMBER picks one, RANK keeps all and leaves gaps, DENSE_RANK leaves none.

    Before:
        SELECT minute, dense_rank() OVER (PARTITION BY user_id ORDER BY minute) AS place FROM feedback
    After:
        SELECT minute, rank() OVER (PARTITION BY user_id ORDER BY minute) AS place FROM feedback
    """
    for call in tree.nodes(*_RANKS):
        for other in _RANKS:
            if type(call) is not other:
                yield Edit(call, other())


@operator("W14", clause="the number that is kept", symmetric=True)
def keep_another_number(tree: Tree) -> Iterator[Edit]:
    """You keep the wrong number: the second instead of the first, or the first two.

    Before:
        SELECT user_id, value FROM feedback QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY minute, value) = 1
    After:
        SELECT user_id, value FROM feedback QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY minute, value) = 2
    """
    for test in tree.nodes(exp.EQ, exp.LTE):
        kept = test.expression
        if isinstance(kept, exp.Literal) and kept.is_int and _is_number_of_rows(tree, test.this):
            for kind, number in _others(type(test), int(kept.name)):
                yield Edit(test, kind(this=test.this.copy(), expression=exp.Literal.number(number)))


def _others(kind: type[exp.Expr], number: int) -> list[tuple[type[exp.Binary], int]]:
    found: list[tuple[type[exp.Binary], int]] = [(exp.EQ, number + 1), (exp.LTE, number + 1)]
    if number > 1:
        found += [(exp.EQ, number - 1), (exp.LTE, number - 1)]
    return [*found, (exp.EQ, number)] if kind is exp.LTE else found


def _is_number_of_rows(tree: Tree, expression: exp.Expr) -> bool:
    meant = tree.lineage.origin(expression, through=(exp.Cast,))
    return isinstance(meant, exp.Window) and isinstance(meant.this, _RANKS)
