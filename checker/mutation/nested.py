"""Lists and documents: which element, how many rows, text or JSON.

Setup:
    CREATE TABLE messages AS SELECT * FROM (VALUES
        (1, ['a', 'b'], [1], '{"k": "x"}'::JSON), (2, ['c'], [2, 3], '{"k": "y"}'::JSON), (3, NULL, [], NULL)
    ) AS t(message_id, blocks, sizes, document);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, changed, changing
from checker.mutant import operator
from checker.tree import Tree


@operator("J07", clause="a list or a document", symmetric=True)
def reach_into_the_wrong_place(tree: Tree) -> Iterator[Edit]:
    """You reach into a list or a document at the wrong place: lists count from 1, ->> gives text and -> gives JSON.

    Before:
        SELECT message_id, blocks[1] AS first FROM messages
    After:
        SELECT message_id, blocks[2] AS first FROM messages
    """
    for node in tree.nodes(exp.Bracket):
        index = node.expressions[0] if len(node.expressions) == 1 else None
        number = _number(index)
        for near in (number - 1, number + 1) if number is not None else ():
            # sqlglot counts from 0: -1 is what people write as 0.
            yield changing(
                node, expressions=[exp.Literal.number(near) if near >= 0 else exp.Neg(this=exp.Literal.number(-near))]
            )
    for reach in tree.nodes(exp.JSONExtract, exp.JSONExtractScalar):
        other = exp.JSONExtractScalar if type(reach) is exp.JSONExtract else exp.JSONExtract
        yield Edit(reach, other(this=reach.this.copy(), expression=reach.expression.copy(), only_json_types=False))
    yield from _crossed(tree)


def _number(index: exp.Expr | None) -> int | None:
    sign = -1 if isinstance(index, exp.Neg) else 1
    literal = index.this if isinstance(index, exp.Neg) else index
    return sign * int(literal.name) if isinstance(literal, exp.Literal) and literal.is_int else None


def _crossed(tree: Tree) -> Iterator[Edit]:
    """Two lists that are unfolded side by side, as if each element of one met each of the other."""
    for select in tree.nodes(exp.Select):
        lists = [item for item in select.expressions if isinstance(item.unalias(), exp.Unnest | exp.Explode)]
        if len(lists) < 2 or select.args.get("from_") is None:
            continue
        second = lists[1]
        name = second.alias_or_name
        alias = exp.TableAlias(this=exp.to_identifier("unfolded"), columns=[exp.to_identifier(name)])
        source = exp.Unnest(
            expressions=[second.unalias().expressions[0].copy()]
            if second.unalias().expressions
            else [second.unalias().this.copy()],
            alias=alias,
        )
        crossing = exp.Join(this=source, kind="CROSS")
        items = [exp.column(name, table="unfolded") if item is second else item for item in select.expressions]
        yield Edit(
            select, changed(select, expressions=items, joins=[*(select.args.get("joins") or ()), crossing]), second
        )
