"""How a fraction becomes a whole number, and how many digits NUMERIC has."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.dialect import Dialect

TOWARDS_ZERO = "towards zero"
# What may have a fraction, whatever it is made of.
_FRACTIONS = (exp.Avg, exp.Median, exp.PercentileCont, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Sqrt, exp.Ln)
_WHOLE = (exp.Count, exp.CountIf, exp.RowNumber, exp.Rank, exp.DenseRank, exp.DateDiff, exp.TimestampDiff, exp.Length)

# Whole when their parts are.
_AS_WHOLE = (
    *(exp.Paren, exp.Neg, exp.Window, exp.Filter, exp.Add, exp.Sub, exp.Mul, exp.Nullif),
    *(exp.Sum, exp.Max, exp.Min, exp.Abs, exp.Case),
)


def apply(tree: exp.Expr, dialect: Dialect) -> Iterator[str]:
    """NUMERIC gets the dialect's digits; what may have a fraction is rounded as the dialect does before it is cast."""
    for cast in list(tree.find_all(exp.Cast, exp.TryCast)):
        kind = cast.to
        if kind.this is exp.DataType.Type.DECIMAL and not kind.expressions:
            cast.set("to", exp.DataType.build(dialect.numeric, dialect="duckdb"))
        elif kind.this in exp.DataType.INTEGER_TYPES and may_have_fraction(cast.this, dialect):
            name = "TRUNC" if dialect.rounds == TOWARDS_ZERO else "ROUND"
            cast.set("this", exp.Anonymous(this=name, expressions=[cast.this]))
            yield f"{dialect.title} rounds {dialect.rounds} in a cast to a whole number: the translation says {name}"


def may_have_fraction(node: exp.Expr, dialect: Dialect) -> bool:
    """Whether a number in this place is known to be one of those that have a fraction; a column's type is not known."""
    for inner in node.walk(prune=lambda found: isinstance(found, (*_WHOLE, exp.Cast, exp.Subquery, exp.IntDiv))):
        if isinstance(inner, _FRACTIONS) or (isinstance(inner, exp.Div) and not dialect.integer_division):
            return True
        if isinstance(inner, exp.Extract) and inner.name.upper() == "EPOCH":
            return True
        if isinstance(inner, exp.Cast) and inner.to.this in exp.DataType.REAL_TYPES:
            return True
        if isinstance(inner, exp.Literal) and not inner.is_string and "." in inner.name:
            return True
    return False


def is_whole(node: exp.Expr) -> bool:
    """Whether a value is known to be a whole number."""
    if isinstance(node, exp.Literal):
        return bool(node.is_int)
    if isinstance(node, exp.Cast):
        return node.to.this in exp.DataType.INTEGER_TYPES
    return isinstance(node, (*_WHOLE, exp.IntDiv)) or (isinstance(node, _AS_WHOLE) and all(map(is_whole, _parts(node))))


def _parts(node: exp.Expr) -> list[exp.Expr]:
    """What decides whether the value of a node is whole."""
    if isinstance(node, exp.Case):
        default = node.args.get("default")
        return [branch.args["true"] for branch in node.args["ifs"]] + ([default] if default else [])
    return [node.this, node.expression] if isinstance(node, exp.Binary | exp.Nullif) else [node.this]
