"""On what a join joins.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, 'u1', 'low'), ('c1', 2, 'u1', 'high'), ('c2', 1, 'u1', 'low'), ('c3', 1, 'u2', 'high')
    ) AS t(conversation_id, turn_index, user_id, risk);
    CREATE TABLE labels AS SELECT * FROM (VALUES
        ('c1', 1, 'ok'), ('c1', 2, 'bad'), ('c2', 2, 'bad')
    ) AS t(conversation_id, turn_index, label);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, chain, changed, changing, operand, parts, without
from checker.mutant import operator
from checker.tree import Tree


def _joins(tree: Tree) -> Iterator[tuple[exp.Select, exp.Join]]:
    for select in tree.nodes(exp.Select):
        for join in select.args.get("joins") or ():
            yield select, join


def _with_join(select: exp.Select, join: exp.Join, other: exp.Join, where: exp.Expr | None) -> exp.Select:
    joins = [other if each is join else each for each in select.args["joins"]]
    return changed(select, joins=joins, where=None if where is None else exp.Where(this=where))


@operator("J02", clause="ON and WHERE")
def filter_after_the_join(tree: Tree) -> Iterator[Edit]:
    """You put a condition of an outer join into WHERE, where it throws away the rows that found no partner.

    Before:
        SELECT turns.turn_index, label
        FROM turns
        LEFT JOIN labels ON labels.conversation_id = turns.conversation_id AND labels.label = 'bad'
    After:
        SELECT turns.turn_index, label
        FROM turns
        LEFT JOIN labels ON labels.conversation_id = turns.conversation_id
        WHERE labels.label = 'bad'
    """
    yield from _into_where(tree)


def _into_where(tree: Tree) -> Iterator[Edit]:
    for select, join in _joins(tree):
        condition = join.args.get("on")
        tests = parts(condition) if condition is not None and join.side else []
        for test in tests if len(tests) > 1 else ():
            where = select.args.get("where")
            late = chain([*(parts(where.this) if where is not None else ()), operand(test)])
            yield Edit(select, _with_join(select, join, changed(join, on=chain(without(tests, test))), late), test)


def _into_on(tree: Tree) -> Iterator[Edit]:
    for select, join in _joins(tree):
        where, condition = select.args.get("where"), join.args.get("on")
        if where is None or condition is None or not join.side:
            continue
        tests = parts(where.this)
        for test in tests:
            if test.find(exp.Query) is None:
                early = changed(join, on=chain([*parts(condition), operand(test)]))
                yield Edit(select, _with_join(select, join, early, chain(without(tests, test))), test)


@operator("J03", clause="ON and WHERE", inverse=_into_where)
def filter_within_the_join(tree: Tree) -> Iterator[Edit]:
    """You put a filter into ON of an outer join, where it filters partners and not rows.

    Before:
        SELECT turns.turn_index, label
        FROM turns
        LEFT JOIN labels ON labels.conversation_id = turns.conversation_id
        WHERE turns.risk = 'low'
    After:
        SELECT turns.turn_index, label
        FROM turns
        LEFT JOIN labels ON labels.conversation_id = turns.conversation_id AND turns.risk = 'low'

    As a repair: you put a condition of an outer join into WHERE, where it throws away the rows that found no partner.
    """
    yield from _into_on(tree)


def join_on_one_more(tree: Tree) -> Iterator[Edit]:
    """One more pair of columns: those of one name on both sides of a join."""
    for _, join in _joins(tree):
        scope, condition = tree.scope(join), join.args.get("on")
        mine = join.this.alias_or_name.lower()
        if scope is None or condition is None or mine not in scope.sources:
            continue
        present = condition.sql().lower()
        for alias, source in scope.sources.items():
            for name in source.fields if alias != mine else ():
                if name in scope.sources[mine].fields and f"{mine}.{name}" not in present:
                    pair = exp.EQ(this=exp.column(name, table=mine), expression=exp.column(name, table=alias))
                    yield changing(join, on=chain([*parts(condition), pair]))


@operator("J04", clause="ON", inverse=join_on_one_more)
def drop_a_join_key(tree: Tree) -> Iterator[Edit]:
    """You join on too few columns, so that rows meet partners that are not theirs.

    Before:
        SELECT turns.turn_index, label
        FROM turns
        JOIN labels ON labels.conversation_id = turns.conversation_id AND labels.turn_index = turns.turn_index
    After:
        SELECT turns.turn_index, label FROM turns JOIN labels ON labels.conversation_id = turns.conversation_id
    """
    for join in tree.nodes(exp.Join):
        using, condition = join.args.get("using") or [], join.args.get("on")
        for name in using if len(using) > 1 else ():
            yield changing(join, at=name, using=without(using, name))
        tests = parts(condition) if condition is not None else []
        for test in tests if len(tests) > 1 else ():
            yield changing(join, at=test, on=chain(without(tests, test)))


@operator("J05", clause="ON", symmetric=True)
def join_on_another_column(tree: Tree) -> Iterator[Edit]:
    """You join on the wrong column of the other table.

    Before:
        SELECT turns.risk, label FROM turns JOIN labels ON labels.turn_index = turns.turn_index
    After:
        SELECT turns.risk, label FROM turns JOIN labels ON labels.conversation_id = turns.conversation_id
    """
    for join in tree.nodes(exp.Join):
        scope, condition = tree.scope(join), join.args.get("on")
        for test in parts(condition) if condition is not None and scope is not None else ():
            left, right = test.this, test.args.get("expression")
            if not (isinstance(test, exp.EQ) and isinstance(left, exp.Column) and isinstance(right, exp.Column)):
                continue
            for name in _shared(tree, join, left, right):
                pair = exp.EQ(this=exp.column(name, table=left.table), expression=exp.column(name, table=right.table))
                yield Edit(test, pair)


def _shared(tree: Tree, join: exp.Join, left: exp.Column, right: exp.Column) -> list[str]:
    """The identifiers and places that both sources have, beside those that they are joined on."""
    scope = tree.scope(join)
    sides = [scope.sources.get(column.table.lower()) for column in (left, right)] if scope is not None else []
    if len(sides) < 2 or sides[0] is None or sides[1] is None:
        return []
    common = [name for name in sides[0].fields if name in sides[1].fields]
    used = {column.name.lower() for column in join.find_all(exp.Column)}
    return [name for name in common if name not in used and name.endswith(("_id", "_index", "_ref", "_no"))][:2]
