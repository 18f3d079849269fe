"""How a query asks whether a value is missing, and what a comparison with a missing value does.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, 'low', 'low', false), (2, NULL, 'high', NULL), (3, 'high', NULL, true), (4, NULL, NULL, false)
    ) AS t(turn_index, risk, before, hedged);
    CREATE TABLE labels AS SELECT * FROM (VALUES ('low'), (NULL)) AS t(risk);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, chain, changed, parts, without
from checker.mutant import operator
from checker.tree import Tree

_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between, exp.In)
_FILTERS = (exp.Where, exp.Having, exp.Qualify)


def _is_null(node: exp.Expr) -> bool:
    return isinstance(node, exp.Is) and isinstance(node.expression, exp.Null)


def _tests(tree: Tree) -> Iterator[tuple[exp.Expr, exp.Is, bool]]:
    """(the whole test, the IS NULL in it, whether it is negated)."""
    for test in tree.nodes(exp.Is):
        if isinstance(test.expression, exp.Null):
            negated = isinstance(test.parent, exp.Not)
            yield (test.parent if negated and test.parent is not None else test), test, negated


def ask_for_a_value(tree: Tree) -> Iterator[Edit]:
    """One more condition: a column that may be NULL must have a value."""
    for select in tree.nodes(exp.Select):
        scope = tree.scope(select)
        if scope is None or scope.select is not select:
            continue
        where = select.args.get("where")
        tests = parts(where.this) if where is not None else []
        for place, found in scope.columns():
            if found.nullable is not False:
                column = exp.column(place[1], table=place[0] if len(scope.sources) > 1 else None)
                present = exp.Not(this=exp.Is(this=column, expression=exp.Null()))
                yield Edit(select, changed(select, where=exp.Where(this=chain([*tests, present]))))


def ask_with_is(tree: Tree) -> Iterator[Edit]:
    """IS NULL for a comparison with NULL."""
    for test in tree.nodes(exp.EQ, exp.NEQ):
        if isinstance(test.expression, exp.Null):
            found = exp.Is(this=test.this.copy(), expression=exp.Null())
            yield Edit(test, exp.Not(this=found) if isinstance(test, exp.NEQ) else found)


@operator("N04", clause="IS NULL", symmetric=True)
def flip_the_null_test(tree: Tree) -> Iterator[Edit]:
    """You ask for the rows without a value instead of those with one, or the other way round.

    Before:
        SELECT turn_index FROM turns WHERE risk IS NOT NULL
    After:
        SELECT turn_index FROM turns WHERE risk IS NULL
    """
    for whole, test, negated in _tests(tree):
        yield Edit(whole, test.copy() if negated else exp.Not(this=test.copy()))


@operator("N05", clause="IS NULL", inverse=ask_for_a_value)
def drop_the_null_test(tree: Tree) -> Iterator[Edit]:
    """You do not ask whether a value is there at all, so that rows without it come along.

    Before:
        SELECT turn_index FROM turns WHERE hedged IS NOT NULL AND before IS NOT NULL
    After:
        SELECT turn_index FROM turns WHERE hedged IS NOT NULL

    As a repair: you throw away rows only because a value is missing that the question does not need.
    """
    for clause in tree.nodes(*_FILTERS):
        conditions = parts(clause.this)
        for condition in conditions:
            inner = condition.unnest()
            if _is_null(inner.this if isinstance(inner, exp.Not) else inner):
                kept = chain(without(conditions, condition))
                if kept is not None:
                    yield Edit(clause, changed(clause, this=kept), condition)
                elif clause.parent is not None:
                    yield Edit(clause.parent, changed(clause.parent, **{str(clause.arg_key): None}), condition)


@operator("N06", clause="a comparison of two columns", symmetric=True)
def compare_null_as_a_value(tree: Tree) -> Iterator[Edit]:
    """You let NULL equal NULL where it should not, or lose rows because NULL equals nothing.

    Before:
        SELECT turn_index FROM turns WHERE risk IS DISTINCT FROM before
    After:
        SELECT turn_index FROM turns WHERE risk <> before
    """
    pairs = {exp.NullSafeNEQ: exp.NEQ, exp.NEQ: exp.NullSafeNEQ, exp.NullSafeEQ: exp.EQ, exp.EQ: exp.NullSafeEQ}
    for test in tree.nodes(*pairs):
        other = pairs[type(test)]
        two_values = isinstance(test.this, exp.Column | exp.Window | exp.Func) and not isinstance(
            test.expression, exp.Literal
        )
        if (two_values or isinstance(test, exp.NEQ)) and not isinstance(test.expression, exp.Null):
            yield Edit(test, other(this=test.this.copy(), expression=test.expression.copy()))


@operator("N07", clause="IS NULL", inverse=ask_with_is)
def compare_with_null(tree: Tree) -> Iterator[Edit]:
    """You compare with NULL by = or <>, which is never true.

    Before:
        SELECT turn_index FROM turns WHERE risk IS NULL
    After:
        SELECT turn_index FROM turns WHERE risk = NULL
    """
    for whole, test, negated in _tests(tree):
        kind = exp.NEQ if negated else exp.EQ
        yield Edit(whole, kind(this=test.this.copy(), expression=exp.Null()))


def _strict(tree: Tree) -> Iterator[Edit]:
    for test in tree.nodes(exp.Or):
        kept = [part for part in parts(test, exp.Or) if not _is_null(part.unnest())]
        found = chain(kept, exp.Or)
        if found is not None and len(kept) < len(parts(test, exp.Or)):
            yield Edit(test, found)


@operator("N11", clause="a condition on a value that may be missing", inverse=_strict)
def let_null_match(tree: Tree) -> Iterator[Edit]:
    """You count a row whose value is missing as if it met the condition, or as if it did not.

    Before:
        SELECT turn_index FROM turns WHERE risk = 'high'
    After:
        SELECT turn_index FROM turns WHERE risk = 'high' OR risk IS NULL
    """
    for clause in tree.nodes(exp.Where, exp.Having, exp.If):
        for condition in parts(clause.this):
            inner = condition.unnest()
            if isinstance(inner, _COMPARISONS) and isinstance(inner.this, exp.Column) and _has_constant(inner):
                missing = exp.Is(this=inner.this.copy(), expression=exp.Null())
                yield Edit(condition, exp.Or(this=inner.copy(), expression=missing))
    for whole, test in _truths(tree):
        wanted = bool(test.expression.this) != (whole is not test)
        yield Edit(whole, test.this.copy() if wanted else exp.Not(this=test.this.copy()))


def _truths(tree: Tree) -> Iterator[tuple[exp.Expr, exp.Is]]:
    """`x IS [NOT] TRUE` and `x IS [NOT] FALSE`, which have an answer for NULL."""
    for test in tree.nodes(exp.Is):
        if isinstance(test.expression, exp.Boolean):
            yield (test.parent if isinstance(test.parent, exp.Not) else test), test


def _has_constant(test: exp.Expr) -> bool:
    others = [value for name, value in test.args.items() if name != "this" and value is not None]
    return any(
        isinstance(part, exp.Literal) for other in others for part in (other if isinstance(other, list) else [other])
    )


@operator("N12", clause="NOT EXISTS", symmetric=True)
def exclude_by_not_in(tree: Tree) -> Iterator[Edit]:
    """You exclude by NOT IN a list that may hold a NULL, which excludes everything.

    Before:
        SELECT turn_index FROM turns WHERE NOT EXISTS (SELECT 1 FROM labels WHERE labels.risk = turns.risk)
    After:
        SELECT turn_index FROM turns WHERE NOT turns.risk IN (SELECT labels.risk FROM labels)
    """
    for test in tree.nodes(exp.Exists):
        edit = _as_in(test) if isinstance(test.this, exp.Select) else None
        if edit is not None:
            yield edit
    for listed in tree.nodes(exp.In):
        edit = _as_exists(listed)
        if edit is not None:
            yield edit


def _as_in(test: exp.Exists) -> Edit | None:
    """EXISTS (.. WHERE inner.a = outer.a AND rest) as outer.a IN (SELECT inner.a .. WHERE rest)."""
    query = test.this
    where, start = query.args.get("where"), query.args.get("from_")
    if where is None or start is None or query.args.get("joins"):
        return None
    inner = start.this.alias_or_name.lower()
    for condition in parts(where.this):
        if not isinstance(condition, exp.EQ):
            continue
        sides = [condition.this, condition.expression]
        mine = [side for side in sides if isinstance(side, exp.Column) and side.table.lower() == inner]
        theirs = [side for side in sides if isinstance(side, exp.Column) and side.table.lower() not in ("", inner)]
        if len(mine) == 1 == len(theirs):
            kept = chain(without(parts(where.this), condition))
            listed = changed(query, expressions=[mine[0]], where=None if kept is None else exp.Where(this=kept))
            return Edit(test, exp.In(this=theirs[0].copy(), query=exp.Subquery(this=listed)))
    return None


def _as_exists(test: exp.In) -> Edit | None:
    """x NOT IN (SELECT y ..) as NOT EXISTS (SELECT 1 FROM (SELECT y ..) AS listed(y) WHERE listed.y = x)."""
    query = test.args.get("query")
    if (
        not isinstance(query, exp.Subquery)
        or not isinstance(query.this, exp.Select)
        or not isinstance(test.this, exp.Column)
    ):
        return None
    table = exp.TableAlias(this=exp.to_identifier("listed"), columns=[exp.to_identifier("listed_value")])
    source = exp.Subquery(this=query.this.copy(), alias=table)
    found = exp.EQ(this=exp.column("listed_value", table="listed"), expression=test.this.copy())
    select = exp.Select(expressions=[exp.Literal.number(1)], from_=exp.From(this=source), where=exp.Where(this=found))
    return Edit(test, exp.Exists(this=select))
