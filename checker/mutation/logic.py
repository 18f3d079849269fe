"""Which conditions hold together: AND, OR, NOT, and whether they are there at all.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, 'user', 'low'), (2, 'assistant', 'high'), (3, 'user', 'high'), (4, 'user', NULL), (5, 'tool', 'low')
    ) AS t(turn_index, role, risk);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, chain, changed, changing, parts, without
from checker.mutant import operator
from checker.tree import Tree

_FILTERS = (exp.Where, exp.Having, exp.Qualify)
MOST_VALUES = 5


@operator("P02", clause="AND and OR", symmetric=True)
def swap_and_and_or(tree: Tree) -> Iterator[Edit]:
    """You join two conditions by the wrong word: AND wants both, OR one.

    Before:
        SELECT turn_index FROM turns WHERE role = 'user' AND risk = 'high'
    After:
        SELECT turn_index FROM turns WHERE role = 'user' OR risk = 'high'
    """
    for pair in tree.nodes(exp.And, exp.Or):
        if isinstance(pair.parent, exp.Join):
            continue
        other = exp.Or if isinstance(pair, exp.And) else exp.And
        yield Edit(pair, other(this=_kept(pair.this), expression=_kept(pair.expression)))


def _kept(side: exp.Expr) -> exp.Expr:
    return exp.Paren(this=side.copy()) if isinstance(side, exp.Connector) else side.copy()


def ask_for_one_more(tree: Tree) -> Iterator[Edit]:
    """One more condition: a column that has few values must have one of them, a truth must hold."""
    for select in tree.nodes(exp.Select):
        where = select.args.get("where")
        tests = parts(where.this) if where is not None else []
        for test in _known_tests(tree, select):
            yield Edit(select, changed(select, where=exp.Where(this=chain([*tests, test]))))


def _known_tests(tree: Tree, select: exp.Select) -> Iterator[exp.Expr]:
    scope = tree.scope(select)
    if scope is None or scope.select is not select:
        return
    for (source, name), found in scope.columns():
        base = tree.profile.column(found.table, found.column)
        column = exp.column(name, table=source if len(scope.sources) > 1 else None)
        if base is not None:
            yield from (exp.EQ(this=column.copy(), expression=exp.Literal.string(v)) for v in base.values[:MOST_VALUES])
        if base is not None and base.type == "BOOLEAN":
            yield from (column.copy(), exp.Not(this=column.copy()))


@operator("P03", clause="a condition", inverse=ask_for_one_more)
def drop_a_condition(tree: Tree) -> Iterator[Edit]:
    """You leave out a condition, so that rows count that should not.

    Before:
        SELECT turn_index FROM turns WHERE role = 'user' AND risk = 'high'
    After:
        SELECT turn_index FROM turns WHERE risk = 'high'

    As a repair: you ask for a condition too many, so that rows are missing that count.
    """
    for clause in tree.nodes(*_FILTERS, exp.If):
        conditions = parts(clause.this)
        for condition in conditions if len(conditions) > 1 else ():
            yield changing(clause, at=condition, this=chain(without(conditions, condition)))
    for choice in tree.nodes(exp.Or):
        if not isinstance(choice.parent, exp.Or):
            for option in parts(choice, exp.Or):
                kept = chain(without(parts(choice, exp.Or), option), exp.Or)
                if kept is not None:
                    yield Edit(choice, kept, option)


@operator("P04", clause="WHERE", inverse=None)
def drop_where(tree: Tree) -> Iterator[Edit]:
    """You do not filter at all: every row counts.

    Before:
        SELECT turn_index FROM turns WHERE role = 'user'
    After:
        SELECT turn_index FROM turns

    As a repair: you filter, where every row counts.
    """
    for select in tree.nodes(exp.Select):
        where = select.args.get("where")
        if where is not None:
            yield changing(select, at=where, where=None)


@operator("P05", clause="HAVING")
def drop_having(tree: Tree) -> Iterator[Edit]:
    """You keep every group, also those that do not meet the condition.

    Before:
        SELECT role, count(*) AS n FROM turns GROUP BY role HAVING count(*) > 1
    After:
        SELECT role, count(*) AS n FROM turns GROUP BY role

    As a repair: you keep only some of the groups, where every group counts.
    """
    for select in tree.nodes(exp.Select):
        having = select.args.get("having")
        if having is not None:
            yield changing(select, at=having, having=None)


def negate(tree: Tree) -> Iterator[Edit]:
    """NOT before a condition of a filter."""
    for clause in tree.nodes(*_FILTERS):
        for condition in parts(clause.this):
            if not isinstance(condition.unnest(), exp.Not):
                inner = condition.unnest()
                bare = isinstance(inner, exp.Column | exp.Exists | exp.In | exp.Func)
                yield Edit(condition, exp.Not(this=inner.copy() if bare else exp.Paren(this=inner.copy())))


@operator("P10", clause="NOT", inverse=negate)
def drop_not(tree: Tree) -> Iterator[Edit]:
    """You turn a condition round: you keep what should go.

    Before:
        SELECT turn_index FROM turns WHERE NOT role IN ('user', 'tool')
    After:
        SELECT turn_index FROM turns WHERE role IN ('user', 'tool')

    As a repair: you turn a condition round by NOT.
    """
    for denial in tree.nodes(exp.Not):
        inner = denial.this.unnest()
        if not (isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null)):
            yield Edit(denial, denial.this.copy())
