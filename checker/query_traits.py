"""What a query's tree tells of how its author works: what was looked at, and whether a result can be traced back.

Only sqlglot is needed here; whoever did not write the query calls it through `checker.reading_child`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlglot import exp

from checker.mutant import NotOneStatement, parse
from checker.traits import IDENTIFIES, Look, Step, Threshold, Traits
from checker.tree import Tree

_COMPARES = (exp.GT, exp.GTE, exp.LT, exp.LTE)
_PLAIN = frozenset({"0", "1"})
_CONSTANT = (exp.Literal, exp.Interval, exp.Cast, exp.Neg, exp.DataType, exp.Var, exp.Paren, exp.Boolean)


def traits(sql: str) -> Traits:
    """The traits of a query; none of a text that is not one statement."""
    try:
        tree = parse(sql)
    except NotOneStatement:
        return Traits()
    return Traits(looks(tree), tuple(_steps(tree)), tuple(_thresholds(tree)))


def looks(tree: Tree) -> frozenset[Look]:
    """What the query looks at; single rows where it is nothing else."""
    found = frozenset(look for look, test in _TESTS.items() if test(tree))
    return found or frozenset({Look.ROWS})


def _counts_rows(tree: Tree) -> bool:
    return bool(tree.nodes(exp.Count, exp.CountIf))


def _counts_nulls(tree: Tree) -> bool:
    """What IS NULL counted, summed or averaged, grouped by, or filtered for; or known values beside all rows."""
    return any(map(_is_a_share, tree.nodes(exp.Is))) or any(map(_counts_known_values, tree.nodes(exp.Select)))


def _is_a_share(node: exp.Is) -> bool:
    if not isinstance(node.expression, exp.Null):
        return False
    if node.find_ancestor(exp.Count, exp.CountIf, exp.Avg, exp.Sum, exp.Filter, exp.Group) is not None:
        return True
    select = node.find_ancestor(exp.Select)
    wanted = isinstance(node.parent, exp.Where | exp.And | exp.Or | exp.Alias | exp.Select)  # not what is known
    return select is not None and wanted and any(one.find(exp.Count) for one in select.expressions)


def _counts_known_values(select: exp.Select) -> bool:
    counted = [node for one in select.expressions for node in one.find_all(exp.Count)]
    return {exp.Star, exp.Column} <= {type(node.this) for node in counted}


def _looks_for_fan_out(tree: Tree) -> bool:
    """Groups or windows of more than one row, distinct values beside all, or the rows of a join counted."""
    counted = tree.nodes(exp.Count)
    distinct = [node for node in counted if isinstance(node.this, exp.Distinct)]
    if distinct and len(counted) > len(distinct):
        return True
    filtered = [clause for clause in tree.nodes(exp.Having, exp.Qualify) if clause.find(exp.Count)]
    return bool(filtered) or (bool(tree.nodes(exp.Join)) and bool(counted))


def _looks_at_ranges(tree: Tree) -> bool:
    return bool(tree.nodes(exp.Min, exp.Max, exp.Median, exp.Quantile, exp.PercentileCont, exp.PercentileDisc, exp.Avg))


def _looks_at_values(tree: Tree) -> bool:
    grouped = bool(tree.nodes(exp.Group)) and bool(tree.nodes(exp.Count))
    return grouped or any(isinstance(node.parent, exp.Select) for node in tree.nodes(exp.Distinct))


_TESTS: dict[Look, Callable[[Tree], bool]] = {
    Look.ROW_COUNT: _counts_rows,
    Look.NULL_SHARE: _counts_nulls,
    Look.FAN_OUT: _looks_for_fan_out,
    Look.RANGE: _looks_at_ranges,
    Look.VALUES: _looks_at_values,
}


def _steps(tree: Tree) -> Iterator[Step]:
    for cte in tree.nodes(exp.CTE):
        line = tree.source.position(tree.span(cte.args["alias"]).start)[0]
        yield Step(cte.alias, line, tree.has_comment(cte), _is_traceable(cte))


def _is_traceable(cte: exp.CTE) -> bool:
    """Whether its rows name where they come from; a step of parameters, which reads no table, has nothing to name."""
    if not cte.this.find(exp.Table):
        return True
    names = [name.lower() for name in cte.this.named_selects]
    return any(name == "*" or name.endswith(IDENTIFIES) for name in names)


def _thresholds(tree: Tree) -> Iterator[Threshold]:
    """The limits that something is compared with, in the order of the text."""
    found: dict[int, Threshold] = {}
    parameters = _parameters(tree)
    for node in tree.nodes(*_COMPARES, exp.Between):
        for side in _sides(node):
            named = isinstance(side, exp.Column) and side.name.lower() in parameters
            if named or _is_limit(side):
                start = tree.span(side).start
                found[start] = Threshold(tree.source.position(start)[0], side.sql("duckdb"), named)
    return iter([found[start] for start in sorted(found)])


def _sides(node: exp.Expr) -> Sequence[exp.Expr]:
    if isinstance(node, exp.Between):
        return [node.args["low"], node.args["high"]]
    return [node.this, node.expression]


def _is_limit(side: exp.Expr) -> bool:
    """Whether it is a constant that somebody chose: no column in it, and neither 0 nor 1."""
    if not isinstance(side, _CONSTANT) or not side.find(exp.Literal):
        return False
    literals = {literal.name for literal in side.find_all(exp.Literal)}
    return all(isinstance(node, _CONSTANT) for node in side.walk()) and not literals <= _PLAIN


def _parameters(tree: Tree) -> frozenset[str]:
    """The names that a step without a table gives to constants."""
    named = {
        name.lower() for cte in tree.nodes(exp.CTE) if not cte.this.find(exp.Table) for name in cte.this.named_selects
    }
    aliases = [cte.args["alias"] for cte in tree.nodes(exp.CTE) if not cte.this.find(exp.Table)]
    listed = {column.name.lower() for alias in aliases for column in alias.args.get("columns") or ()}
    values = {
        column.name.lower()
        for node in tree.nodes(exp.Values)
        if isinstance(node.args.get("alias"), exp.TableAlias)
        for column in node.args["alias"].args.get("columns") or ()
    }
    return frozenset(named | listed | values)
