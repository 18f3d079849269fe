"""What is certain of the rows that a SELECT reads: which values are never NULL, which columns tell rows apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlglot import exp

from checker.edit import parts
from checker.relation import Relation
from checker.scope import Place, Scope
from checker.tree import Tree

_NEVER_NULL = (
    *(exp.Literal, exp.Boolean, exp.Interval, exp.Exists, exp.Struct),
    *(exp.Count, exp.RowNumber, exp.Rank, exp.DenseRank),
)
_OF_ONE = (exp.Lower, exp.Upper, exp.Trim, exp.Cast, exp.Not, exp.Neg, exp.AtTimeZone)
# Divisions are not among them: by zero they may give NULL.
_OF_BOTH = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.And, exp.Or, exp.Add, exp.Sub, exp.Mul)


def present(
    tree: Tree, expression: exp.Expr, *, ignoring: Collection[exp.Expr] = (), at: exp.Expr | None = None
) -> bool:
    """Whether an expression is certainly not NULL when the SELECT's windows and groups see it.

    `ignoring` are conditions that do not count, because the question is what would be without them.
    `at` is where a column that is no part of the tree would stand.
    """
    inner = expression.unnest()
    if isinstance(inner, exp.Window):
        inner = inner.this
    if isinstance(inner, exp.Filter) and isinstance(inner.this, exp.Count):
        inner = inner.this
    if isinstance(inner, exp.Coalesce):
        return any(present(tree, part, ignoring=ignoring, at=at) for part in (inner.this, *inner.expressions))
    made_of = _made_of(inner)
    if made_of:
        return all(present(tree, part, ignoring=ignoring, at=at) for part in made_of)
    if isinstance(inner, exp.Sum | exp.Min | exp.Max | exp.Avg | exp.AnyValue):
        return _of_some_row(tree, inner) and present(tree, inner.this, ignoring=ignoring, at=at)
    if not isinstance(inner, exp.Column):
        return isinstance(inner, _NEVER_NULL) or _is_count(inner)
    scope = tree.scope(at if at is not None else inner)
    place = scope.place(inner) if scope is not None else None
    while place is None and inner.table and scope is not None and scope.parent is not None:
        scope = scope.parent  # a subquery reads a row of the query around it
        place = scope.place(inner)
    if scope is None or place is None:
        return _field_present(tree, inner, ignoring)
    return _present(tree, scope, place, ignoring, _joined(inner))


def _field_present(tree: Tree, column: exp.Column, ignoring: Collection[exp.Expr]) -> bool:
    """Whether a field is there: its struct is, and the struct was made of a value that is never NULL."""
    holder = exp.column(column.table)
    scope = tree.scope(column)
    place = scope.place(holder) if scope is not None and column.table else None
    if scope is None or place is None or not _present(tree, scope, place, ignoring):
        return False
    made = scope.definition(holder)
    while isinstance(made, exp.Window | exp.Lag | exp.Lead):
        made = made.this
    items = made.expressions if isinstance(made, exp.Struct) else []
    return any(item.name.lower() == column.name.lower() and present(tree, item.expression) for item in items)


def _is_count(inner: exp.Expr) -> bool:
    """Whether it is a query that counts something, which gives one row whatever there is."""
    item = inner.expressions[0].unalias() if isinstance(inner, exp.Select) and inner.expressions else None
    limited = any(inner.args.get(name) is not None for name in ("group", "having", "qualify", "limit", "offset"))
    return isinstance(item, exp.Count) and not limited


def _made_of(inner: exp.Expr) -> list[exp.Expr]:
    """The values of which an expression is made, where it is there if they all are; else none."""
    match inner:
        case exp.TryCast():
            return []
        case exp.Case() if inner.args.get("default") is not None:
            return [*(branch.args["true"] for branch in inner.args["ifs"]), inner.args["default"]]
        case exp.Lag() | exp.Lead() if inner.args.get("default") is not None:
            return [inner.this, inner.args["default"]]
        case _ if isinstance(inner, _OF_ONE):
            return [inner.this]
        case _ if isinstance(inner, _OF_BOTH):
            return [inner.this, inner.expression]
    return []


def _of_some_row(tree: Tree, call: exp.Expr) -> bool:
    """Whether an aggregate always sees a row: its group has one, or its frame holds the current one."""
    if isinstance(call.parent, exp.Window):
        spec = call.parent.args.get("spec")
        ends = (spec.args.get("start_side"), spec.args.get("end")) if spec is not None else ("PRECEDING", "CURRENT ROW")
        return (str(ends[0]).upper(), str(ends[1]).upper()) == ("PRECEDING", "CURRENT ROW") and not (
            spec is not None and spec.args.get("exclude")
        )
    select = call.find_ancestor(exp.Select)
    return not isinstance(call.parent, exp.Filter) and select is not None and select.args.get("group") is not None


def _joined(column: exp.Expr) -> str:
    """The source that is joined by the ON in which a column stands, '' where it stands in none."""
    join = column.find_ancestor(exp.Join, exp.Query)
    return join.this.alias_or_name.lower() if isinstance(join, exp.Join) else ""


def _present(tree: Tree, scope: Scope, place: Place, ignoring: Collection[exp.Expr], inside: str = "") -> bool:
    found = scope.sources[place[0]].find(place[1]) if place[0] in scope.sources else None
    if found is None:
        return False
    if found.outer and place[0] == inside:
        # ON is asked of the rows themselves, before a row without a partner is filled with NULLs.
        found = scope.sources[place[0]].fields.get(place[1], found)
    if found.nullable is False and not found.outer:
        return True
    if not found.outer and found.expression is not None and present(tree, found.expression):
        return True
    tests = scope.not_null.get(place, ())
    return any(
        _is_early(test, scope.select) and not any(test is other.unnest() for other in ignoring) for test in tests
    )


def _is_early(test: exp.Expr, select: exp.Select) -> bool:
    """Whether a condition holds before windows and groups see the rows."""
    clause = test.find_ancestor(exp.Where, exp.Join, exp.Having, exp.Qualify, exp.Filter)
    return isinstance(clause, exp.Where | exp.Join) and clause.parent is select


def condition_of(node: exp.Expr) -> exp.Expr:
    """The conjunct of a filter that a node stands in, the node itself where it stands in none."""
    while node.parent is not None and not isinstance(
        node.parent, exp.And | exp.Where | exp.Join | exp.Having | exp.Qualify | exp.Query
    ):
        node = node.parent
    return node


def only_truth_counts(node: exp.Expr) -> bool:
    """Whether a condition that is NULL does the same as one that is false: a filter, a join, a WHEN."""
    while isinstance(node.parent, exp.And | exp.Or | exp.Paren):
        node = node.parent
    parent = node.parent
    if isinstance(parent, exp.If):
        return node.arg_key == "this"
    return isinstance(parent, exp.Where | exp.Having | exp.Qualify | exp.Join) and node.arg_key in ("this", "on")


def rows_differ(tree: Tree, select: exp.Select, expressions: Iterable[exp.Expr]) -> bool:
    """Whether no two rows that the windows of a SELECT see agree in all of these expressions."""
    scope, expressions = tree.scope(select), [expression.unnest() for expression in expressions]
    certain = [e for e in expressions if present(tree, e) or _is_group_key(select, e)]
    return scope is not None and (scope.unique_rows(certain) is True or _differ_as_groups(scope, expressions))


def _differ_as_groups(scope: Scope, expressions: Iterable[exp.Expr]) -> bool:
    """Whether the only source was grouped by these: then even rows with NULLs differ."""
    if len(scope.sources) != 1 or scope.select.args.get("group") is not None:
        return False
    alias, source = next(iter(scope.sources.items()))
    places = {scope.place(e) for e in expressions if isinstance(e, exp.Column)}
    return any(all((alias, name) in places for name in key) for key in source.grouped)


def _is_group_key(select: exp.Select, expression: exp.Expr) -> bool:
    group = select.args.get("group")
    return group is not None and any(key.unnest() == expression.unnest() for key in group.expressions)


def results_differ(tree: Tree, select: exp.Select) -> bool:
    """Whether no two rows that a SELECT gives are equal."""
    group = select.args.get("group")
    if group is not None:
        given = [item.unalias().unnest() for item in select.expressions]
        names = [item.alias_or_name for item in select.expressions]
        return all(
            key.unnest() in given or (isinstance(key, exp.Column) and key.name in names) for key in group.expressions
        )
    relation: Relation = tree.lineage.relation(select)
    # What DISTINCT itself makes a key is the question.
    made = frozenset(relation.fields) if select.args.get("distinct") is not None else None
    return any(key != made for key in relation.grouped) or any(
        all(_given_present(tree, select, name) for name in key) for key in relation.keys if key != made
    )


def _given_present(tree: Tree, select: exp.Select, name: str) -> bool:
    for item in select.expressions:
        if item.alias_or_name.lower() == name:
            return present(tree, item.unalias())
    scope = tree.scope(select)
    places = [place for place, _ in scope.columns() if place[1] == name] if scope is not None else []
    return scope is not None and len(places) == 1 and _present(tree, scope, places[0], ())


def window_keys(tree: Tree, window: exp.Window) -> tuple[exp.Expr, ...]:
    """What a window partitions by, in force."""
    own = tuple(window.args.get("partition_by") or ())
    return next((known.partition for known in tree.windows if known.node is window), own)


def filters(select: exp.Select) -> list[exp.Expr]:
    """The conditions of a SELECT's WHERE."""
    where = select.args.get("where")
    return parts(where.this) if where is not None else []


def only_reader(tree: Tree, select: exp.Select) -> exp.Select | None:
    """The one SELECT that reads a step, None where several do."""
    step = select.parent
    if not isinstance(step, exp.CTE):
        return None
    tables = [table for table in tree.nodes(exp.Table) if table.name.lower() == step.alias.lower()]
    return tables[0].find_ancestor(exp.Select) if len(tables) == 1 else None
