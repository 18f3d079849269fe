"""What is made of a group: its aggregates and what they are told to look at.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('u1', 'low', 5), ('u1', 'high', 7), ('u1', 'high', 7), ('u2', 'low', NULL), ('u2', NULL, 3)
    ) AS t(user_id, risk, seconds);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, chain, changed, changing, operand, parts
from checker.mutant import operator
from checker.tree import Tree

_SWAPS: dict[type[exp.Expr], tuple[type[exp.Expr], ...]] = {
    exp.Min: (exp.Max,),
    exp.Max: (exp.Min,),
    exp.Sum: (exp.Avg, exp.Max),
    exp.Avg: (exp.Sum, exp.Median),
    exp.Median: (exp.Avg,),
    exp.PercentileDisc: (exp.PercentileCont,),
    exp.PercentileCont: (exp.PercentileDisc,),
    exp.ArgMax: (exp.ArgMin,),
    exp.ArgMin: (exp.ArgMax,),
    exp.AnyValue: (exp.Min, exp.Max),
    exp.LogicalAnd: (exp.LogicalOr,),
    exp.LogicalOr: (exp.LogicalAnd,),
}
_SET_MATTERS = (exp.Count, exp.Sum, exp.Avg, exp.ArrayAgg, exp.GroupConcat)


@operator("A01", clause="DISTINCT", symmetric=True)
def add_distinct(tree: Tree) -> Iterator[Edit]:
    """You fold equal values together that count each for itself, or count each where they are one.

    Before:
        SELECT user_id, count(risk) AS n FROM turns GROUP BY user_id
    After:
        SELECT user_id, count(DISTINCT risk) AS n FROM turns GROUP BY user_id
    """
    for call in tree.nodes(*_SET_MATTERS):
        inner = call.this
        if isinstance(inner, exp.Distinct):
            if len(inner.expressions) == 1:
                yield changing(call, this=inner.expressions[0])
        elif not isinstance(inner, exp.Star | exp.Order) and not isinstance(call.parent, exp.Window):
            yield changing(call, this=exp.Distinct(expressions=[inner.copy()]))


@operator("A02", clause="SELECT DISTINCT", symmetric=True)
def fold_equal_rows(tree: Tree) -> Iterator[Edit]:
    """You let equal rows become one, or leave them many.

    Before:
        SELECT user_id, risk FROM turns
    After:
        SELECT DISTINCT user_id, risk FROM turns
    """
    for select in tree.nodes(exp.Select):
        inside = isinstance(select.parent, exp.Exists | exp.In) or select.find_ancestor(exp.Exists) is not None
        distinct = select.args.get("distinct")
        if distinct is not None:
            yield changing(select, distinct=None)
        elif not inside and select.args.get("from_") is not None:
            yield changing(select, distinct=exp.Distinct())


@operator("A03", clause="an aggregate", symmetric=True)
def take_another_aggregate(tree: Tree) -> Iterator[Edit]:
    """You take the wrong aggregate: the least for the greatest, a mean for a total, a mean for a median.

    Before:
        SELECT user_id, max(seconds) AS longest FROM turns GROUP BY user_id
    After:
        SELECT user_id, min(seconds) AS longest FROM turns GROUP BY user_id
    """
    for call in tree.nodes(*_SWAPS):
        target = call.parent if isinstance(call.parent, exp.IgnoreNulls) and isinstance(call, exp.AnyValue) else call
        for other in _SWAPS[type(call)]:
            arguments = {name: value for name, value in call.args.items() if name in other.arg_types}
            twin = other(
                **{name: value.copy() if isinstance(value, exp.Expr) else value for name, value in arguments.items()}
            )
            yield Edit(target if target is not None else call, twin)


@operator("A04", clause="FILTER")
def drop_the_filter(tree: Tree) -> Iterator[Edit]:
    """You aggregate over all rows of the group, also those that should not count.

    Before:
        SELECT user_id, count(*) FILTER (WHERE risk = 'high') AS n FROM turns GROUP BY user_id
    After:
        SELECT user_id, count(*) AS n FROM turns GROUP BY user_id

    As a repair: you count only some rows of the group, where all of them count.
    """
    for filtered in tree.nodes(exp.Filter):
        yield Edit(filtered, filtered.this.copy())


@operator("A05", clause="FILTER and WHERE")
def filter_the_whole_group(tree: Tree) -> Iterator[Edit]:
    """You filter in WHERE what only one aggregate should leave out: groups without such rows vanish.

    Before:
        SELECT user_id, count(*) FILTER (WHERE risk = 'high') AS n FROM turns GROUP BY user_id
    After:
        SELECT user_id, count(*) AS n FROM turns WHERE risk = 'high' GROUP BY user_id
    """
    for filtered in tree.nodes(exp.Filter):
        select = filtered.find_ancestor(exp.Select)
        if select is None:
            continue
        where = select.args.get("where")
        tests = [*(parts(where.this) if where is not None else ()), operand(filtered.expression.this)]
        early = changed(select, where=exp.Where(this=chain(tests)))
        for twin in list(early.find_all(exp.Filter)):
            if twin == filtered:
                twin.replace(filtered.this.copy())
        yield Edit(select, early, filtered)


@operator("A06", clause="GROUP BY")
def drop_a_group_key(tree: Tree) -> Iterator[Edit]:
    """You group by too few columns, so that groups that belong apart become one.

    Before:
        SELECT user_id, risk, count(*) AS n FROM turns GROUP BY user_id, risk
    After:
        SELECT user_id, min(risk) AS risk, count(*) AS n FROM turns GROUP BY user_id
    """
    for select in tree.nodes(exp.Select):
        group = select.args.get("group")
        keys = group.expressions if group is not None else []
        for key in keys if len(keys) > 1 else ():
            items = [_as_aggregate(item, key) for item in select.expressions]
            kept = [other.copy() for other in keys if other is not key]
            yield Edit(select, changed(select, expressions=items, group=exp.Group(expressions=kept)), key)


def _as_aggregate(item: exp.Expr, key: exp.Expr) -> exp.Expr:
    """The projection with the lost key inside min(), for it has no single value any more."""
    name = item.alias_or_name
    twin = item.copy()
    inner = twin.unalias()
    if inner == key:
        return exp.alias_(exp.Min(this=inner.copy()), name)
    for column in list(twin.find_all(exp.Column)):
        if column == key and column.find_ancestor(exp.AggFunc) is None:
            column.replace(exp.Min(this=column.copy()))
    return twin


def count_what_is_there(tree: Tree) -> Iterator[Edit]:
    """COUNT(CASE .. END) without the ELSE."""
    for call in tree.nodes(exp.Count):
        if isinstance(call.this, exp.Case) and call.this.args.get("default") is not None:
            yield changing(call.this, default=None)


@operator("A07", clause="CASE inside COUNT", inverse=count_what_is_there)
def count_the_else(tree: Tree) -> Iterator[Edit]:
    """You count CASE .. ELSE 0: COUNT counts every value that is not NULL, 0 too.

    Before:
        SELECT user_id, count(CASE WHEN risk = 'high' THEN 1 END) AS n FROM turns GROUP BY user_id
    After:
        SELECT user_id, count(CASE WHEN risk = 'high' THEN 1 ELSE 0 END) AS n FROM turns GROUP BY user_id
    """
    for call in tree.nodes(exp.Count):
        if isinstance(call.this, exp.Case) and call.this.args.get("default") is None:
            yield changing(call.this, default=exp.Literal.number(0))
    for total in tree.nodes(exp.Sum):
        if isinstance(total.this, exp.Case) and total.this.args.get("default") is not None:
            yield Edit(total, exp.Count(this=total.this.copy(), big_int=True))
    for filtered in tree.nodes(exp.Filter):
        if isinstance(filtered.this, exp.Count):
            case = exp.Case(
                ifs=[exp.If(this=filtered.expression.this.copy(), true=exp.Literal.number(1))],
                default=exp.Literal.number(0),
            )
            yield Edit(filtered, exp.Count(this=case, big_int=True))


_ARITHMETIC: dict[type[exp.Expr], type[exp.Binary]] = {
    exp.Add: exp.Sub,
    exp.Sub: exp.Add,
    exp.Mul: exp.Div,
    exp.Div: exp.Mul,
}


@operator("A08", clause="arithmetic", symmetric=True)
def calculate_differently(tree: Tree) -> Iterator[Edit]:
    """You calculate with the wrong sign: plus for minus, times for divided by, or with the two sides exchanged.

    Before:
        SELECT user_id, max(seconds) - min(seconds) AS spread FROM turns GROUP BY user_id
    After:
        SELECT user_id, min(seconds) - max(seconds) AS spread FROM turns GROUP BY user_id
    """
    for sum_ in tree.nodes(*_ARITHMETIC):
        sides = {"this": operand(sum_.this), "expression": operand(sum_.expression)}
        if isinstance(sum_, exp.Sub | exp.Div):
            yield Edit(sum_, type(sum_)(this=sides["expression"].copy(), expression=sides["this"].copy()))
        yield Edit(sum_, _ARITHMETIC[type(sum_)](**sides))
