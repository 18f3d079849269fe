"""The inverse of what lint asks for: each function puts one pitfall into a clean query, wherever it fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlglot import exp

Mutation = Callable[[exp.Expr], Iterator[exp.Expr]]
_NEIGHBOURS = (exp.Lag, exp.Lead, exp.RowNumber)
INVERSES: dict[str, Mutation] = {}


def inverse_of(rule: str) -> Callable[[Mutation], Mutation]:
    """Note a mutation as the inverse of a rule's repair."""

    def note(mutation: Mutation) -> Mutation:
        INVERSES[rule] = mutation
        return mutation

    return note


def _each(tree: exp.Expr, *kinds: type[exp.Expr]) -> Iterator[tuple[exp.Expr, exp.Expr]]:
    """A copy of the tree for each node of these kinds, with that node in the copy."""
    for number, _ in enumerate(list(tree.find_all(*kinds))):
        copy = tree.copy()
        yield copy, list(copy.find_all(*kinds))[number]


@inverse_of("NUL001")
def compare_with_null(tree: exp.Expr) -> Iterator[exp.Expr]:
    """x IS NULL becomes x = NULL."""
    for copy, node in _each(tree, exp.Is):
        if isinstance(node.expression, exp.Null):
            node.replace(exp.EQ(this=node.this, expression=exp.Null()))
            yield copy


@inverse_of("NUL010")
def count_a_condition(tree: exp.Expr) -> Iterator[exp.Expr]:
    """count_if(c), and count(*) FILTER (WHERE c), become count(c)."""
    for copy, node in _each(tree, exp.CountIf, exp.Filter):
        counted = node.this if isinstance(node, exp.CountIf) else node.expression.this
        if isinstance(counted, exp.Column):
            continue  # count(is_known) may well be meant
        if isinstance(node, exp.CountIf):
            node.replace(exp.Count(this=node.this, big_int=True))
            yield copy
        elif isinstance(node.this, exp.Count) and isinstance(node.this.this, exp.Star):
            node.replace(exp.Count(this=node.expression.this, big_int=True))
            yield copy


@inverse_of("WIN003")
def drop_the_order(tree: exp.Expr) -> Iterator[exp.Expr]:
    """LAG, LEAD and ROW_NUMBER without ORDER BY."""
    for copy, node in _each(tree, exp.Window):
        if isinstance(node.this, _NEIGHBOURS) and node.args.get("order") is not None:
            node.set("order", None)
            yield copy


@inverse_of("WIN004")
def drop_the_partition(tree: exp.Expr) -> Iterator[exp.Expr]:
    """LAG and LEAD over all rows."""
    for copy, node in _each(tree, exp.Window):
        if isinstance(node.this, exp.Lag | exp.Lead) and node.args.get("partition_by"):
            node.set("partition_by", None)
            yield copy


@inverse_of("WIN006")
def drop_the_tiebreaker(tree: exp.Expr) -> Iterator[exp.Expr]:
    """Windows ordered by all keys but the last."""
    for copy, node in _each(tree, exp.Window):
        order = node.args.get("order")
        if isinstance(node.this, _NEIGHBOURS) and order is not None and len(order.expressions) > 1:
            order.expressions[-1].pop()
            yield copy


@inverse_of("WIN007")
def order_by_a_constant(tree: exp.Expr) -> Iterator[exp.Expr]:
    """ORDER BY 1 in a window."""
    for copy, node in _each(tree, exp.Window):
        if isinstance(node.this, _NEIGHBOURS) and node.args.get("order") is not None:
            node.set("order", exp.Order(expressions=[exp.Ordered(this=exp.Literal.number(1))]))
            yield copy


@inverse_of("WIN009")
def compare_with_the_neighbour(tree: exp.Expr) -> Iterator[exp.Expr]:
    """IS DISTINCT FROM lag(...) becomes <>."""
    for copy, node in _each(tree, exp.NullSafeNEQ):
        if any(side.find(exp.Lag) is not None for side in (node.this, node.expression)):
            node.replace(exp.NEQ(this=node.this, expression=node.expression))
            yield copy


@inverse_of("WIN011")
def filter_before_the_window(tree: exp.Expr) -> Iterator[exp.Expr]:
    """QUALIFY becomes WHERE."""
    for copy, node in _each(tree, exp.Qualify):
        select = node.parent
        if isinstance(select, exp.Select) and select.args.get("where") is None:
            select.set("where", exp.Where(this=node.this))
            select.set("qualify", None)
            yield copy


@inverse_of("NUL003")
def drop_the_nulls(tree: exp.Expr) -> Iterator[exp.Expr]:
    """x IS DISTINCT FROM 'a' becomes x <> 'a'."""
    for copy, node in _each(tree, exp.NullSafeNEQ):
        if isinstance(node.expression, exp.Literal) and isinstance(node.parent, exp.Where | exp.And):
            node.replace(exp.NEQ(this=node.this, expression=node.expression))
            yield copy


@inverse_of("NUL006")
def average_zeros(tree: exp.Expr) -> Iterator[exp.Expr]:
    """avg(x) becomes avg(coalesce(x, 0))."""
    for copy, node in _each(tree, exp.Avg):
        if isinstance(node.this, exp.Column):
            node.set("this", exp.Coalesce(this=node.this, expressions=[exp.Literal.number(0)]))
            yield copy


@inverse_of("TIM001")
def count_boundaries(tree: exp.Expr) -> Iterator[exp.Expr]:
    """a - b > INTERVAL n MINUTES becomes date_diff('minute', b, a) > n."""
    for copy, node in _each(tree, exp.GT, exp.GTE, exp.LT, exp.LTE):
        span, limit = node.this.unnest(), node.expression
        if isinstance(span, exp.Sub) and isinstance(limit, exp.Interval) and isinstance(limit.this, exp.Literal):
            unit = exp.Literal.string(str(limit.args["unit"].name).lower().rstrip("s"))
            call = exp.Anonymous(this="date_diff", expressions=[unit, span.expression.copy(), span.this.copy()])
            node.set("this", call)
            node.set("expression", exp.Literal.number(limit.this.name))
            yield copy


@inverse_of("JOI001")
def filter_after_the_join(tree: exp.Expr) -> Iterator[exp.Expr]:
    """A condition on the joined table moves from the ON of a LEFT JOIN into WHERE."""
    for copy, node in _each(tree, exp.Join):
        on = node.args.get("on")
        select = node.parent
        alias = node.this.alias_or_name
        if node.side != "LEFT" or not isinstance(on, exp.And) or not isinstance(select, exp.Select):
            continue
        last = on.expression
        if isinstance(last, exp.EQ | exp.GT | exp.In) and {c.table for c in last.find_all(exp.Column)} == {alias}:
            node.set("on", on.this)
            select.where(last, copy=False)
            yield copy


@inverse_of("JOI002")
def count_all_after_the_join(tree: exp.Expr) -> Iterator[exp.Expr]:
    """count(b.x) after a LEFT JOIN becomes count(*)."""
    for copy, node in _each(tree, exp.Count):
        select = node.find_ancestor(exp.Select)
        joined = [j for j in (select.args.get("joins") or ()) if j.side == "LEFT"] if select is not None else []
        if isinstance(node.this, exp.Column) and any(node.this.table == j.this.alias_or_name for j in joined):
            node.set("this", exp.Star())
            yield copy


@inverse_of("UNN001")
def lose_empty_lists(tree: exp.Expr) -> Iterator[exp.Expr]:
    """LEFT JOIN unnest(...) ON TRUE becomes a comma."""
    for copy, node in _each(tree, exp.Join):
        if node.side == "LEFT" and isinstance(node.this, exp.Unnest):
            node.set("side", None)
            node.set("on", None)
            yield copy


@inverse_of("AGG001")
def mean_of_the_levels(tree: exp.Expr) -> Iterator[exp.Expr]:
    """A quantile or median becomes a mean."""
    for copy, node in _each(tree, exp.Median, exp.PercentileDisc, exp.PercentileCont):
        if "minutes" in node.sql() or node.find(exp.Sub) is not None:
            continue  # a duration has a mean
        node.replace(exp.Avg(this=node.this))
        yield copy


@inverse_of("AGG007")
def leave_the_list_unordered(tree: exp.Expr) -> Iterator[exp.Expr]:
    """list(x ORDER BY y) becomes list(x)."""
    for copy, node in _each(tree, exp.ArrayAgg, exp.GroupConcat):
        if isinstance(node.this, exp.Order):
            node.set("this", node.this.this)
            yield copy


@inverse_of("LST001")
def begin_at_zero(tree: exp.Expr) -> Iterator[exp.Expr]:
    """xs[1] becomes xs[0]."""
    for copy, node in _each(tree, exp.Bracket):
        if len(node.expressions) == 1 and node.expressions[0].sql() == "0":
            node.set("expressions", [exp.Neg(this=exp.Literal.number(1))])
            yield copy


@inverse_of("TYP006")
def compare_labels_as_text(tree: exp.Expr) -> Iterator[exp.Expr]:
    """list_position(levels, x) in an extreme becomes x."""
    for copy, node in _each(tree, exp.Max, exp.Min):
        inner = node.this
        if isinstance(inner, exp.Case) and isinstance(inner.this, exp.Column):
            node.set("this", inner.this)
            yield copy


@inverse_of("STY001")
def limit_without_an_order(tree: exp.Expr) -> Iterator[exp.Expr]:
    """ORDER BY is left out beside LIMIT."""
    for copy, node in _each(tree, exp.Limit):
        if node.parent is not None and node.parent.args.get("order") is not None:
            node.parent.set("order", None)
            yield copy


@inverse_of("DEP001")
def write_an_arrow(tree: exp.Expr) -> Iterator[exp.Expr]:
    """lambda x: ... becomes x -> ...: the text is written so below."""
    if tree.find(exp.Lambda) is not None:
        yield tree.copy()
