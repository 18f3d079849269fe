"""The type of an expression, where columns, casts, literals and functions tell it."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.errors import ParseError

if TYPE_CHECKING:
    from checker.scope import Scope


class Family(Enum):
    """Types that behave alike."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    FLOAT = "float"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    TIMESTAMPTZ = "timestamp with time zone"
    INTERVAL = "interval"
    JSON = "json"
    LIST = "list"
    STRUCT = "struct"


NUMBERS = (Family.INTEGER, Family.DECIMAL, Family.FLOAT)
MOMENTS = (Family.TIMESTAMP, Family.TIMESTAMPTZ)
_NAMES = {
    Family.INTEGER: "TINYINT SMALLINT INT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT INT64",
    Family.DECIMAL: "DECIMAL NUMERIC",
    Family.FLOAT: "REAL FLOAT DOUBLE",
    Family.TEXT: "TEXT VARCHAR CHAR STRING",
    Family.BOOLEAN: "BOOLEAN BOOL",
    Family.DATE: "DATE",
    Family.TIMESTAMP: "TIMESTAMP DATETIME TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_NS TIMESTAMP_US",
    Family.TIMESTAMPTZ: "TIMESTAMPTZ",
    Family.INTERVAL: "INTERVAL",
    Family.JSON: "JSON",
    Family.STRUCT: "STRUCT",
}
_FAMILIES = {name: family for family, names in _NAMES.items() for name in names.split()}

_TRUTHS = (exp.Predicate, exp.Connector, exp.Not, exp.Boolean)
_COUNTS = (exp.Count, exp.CountIf, exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile, exp.DateDiff, exp.Extract)
_MEANS = (
    exp.Avg,
    exp.Div,
    exp.Stddev,
    exp.StddevPop,
    exp.StddevSamp,
    exp.Variance,
    exp.PercentRank,
    exp.CumeDist,
    exp.TimeToUnix,
)
_TEXTS = (
    exp.DPipe,
    exp.Concat,
    exp.Upper,
    exp.Lower,
    exp.Trim,
    exp.Substring,
    exp.JSONExtractScalar,
    exp.TimeToStr,
    exp.GroupConcat,
)
_SAME = (
    exp.Window,
    exp.IgnoreNulls,
    exp.RespectNulls,
    exp.Filter,
    exp.Paren,
    exp.Alias,
    exp.Min,
    exp.Max,
    exp.Lag,
    exp.Lead,
    exp.First,
    exp.Last,
    exp.FirstValue,
    exp.LastValue,
    exp.NthValue,
    exp.AnyValue,
    exp.ArgMax,
    exp.ArgMin,
    exp.Mode,
    exp.Abs,
    exp.Neg,
    exp.Nullif,
    exp.Order,
    exp.Coalesce,
    exp.ArrayFilter,
    exp.ArraySort,
    exp.ArrayDistinct,
)
_FIXED = (
    (_TRUTHS, "BOOLEAN"),
    (_COUNTS, "BIGINT"),
    ((*_MEANS, exp.TimeToUnix, exp.Pow, exp.Sqrt, exp.Ln, exp.Exp), "DOUBLE"),
    (_TEXTS, "VARCHAR"),
    ((exp.Date, exp.CurrentDate), "DATE"),
    ((exp.CurrentTimestamp,), "TIMESTAMPTZ"),
    ((exp.Interval,), "INTERVAL"),
    ((exp.JSONExtract,), "JSON"),
    ((exp.Split,), "VARCHAR[]"),
    ((exp.Array,), "[]"),
)


def family(type_name: str | None) -> Family | None:
    """The family of a type's name, None when it is not known."""
    name = (type_name or "").upper()
    if name.endswith("]"):
        return Family.LIST
    if name == "TIMESTAMP WITH TIME ZONE":
        return Family.TIMESTAMPTZ
    return _FAMILIES.get(name.partition("(")[0].strip())


def type_of(scope: Scope, expression: exp.Expr) -> str | None:
    """The type in capitals; a literal has the type it would have alone."""
    inner = expression.unnest()
    if isinstance(inner, exp.Cast):
        return written(inner.to)
    if isinstance(inner, exp.Column):
        found = scope.resolve(inner)
        return found.type if found is not None else None
    if isinstance(inner, exp.Literal):
        return "VARCHAR" if inner.is_string else "INTEGER" if inner.is_int else "DECIMAL"
    for kinds, name in _FIXED:
        if isinstance(inner, kinds):
            return name
    return _computed(scope, inner)


def written(kind: exp.DataType) -> str:
    """A type as DuckDB writes it, in capitals."""
    if isinstance(kind.this, exp.DType) and not any(value for name, value in kind.args.items() if name != "this"):
        return _plain(kind.this)
    return kind.sql(dialect="duckdb", copy=False).upper()


@cache
def _plain(kind: exp.DType) -> str:
    return exp.DataType(this=kind).sql(dialect="duckdb").upper()


def element_of(type_name: str | None) -> str | None:
    """The type of a list's elements."""
    return (type_name or "").rpartition("[")[0] or None if family(type_name) is Family.LIST else None


@cache
def fields_of(type_name: str | None) -> dict[str, str] | None:
    """The fields of a struct by name, in lower case, with their types; None when it is no known struct."""
    if family(type_name) is not Family.STRUCT:
        return None
    try:
        built = exp.DataType.build(type_name or "", dialect="duckdb")
    except ParseError:
        return None
    kinds = [field.args.get("kind") for field in built.expressions]
    if not kinds or None in kinds:
        return None
    return {field.name.lower(): written(kind) for field, kind in zip(built.expressions, kinds, strict=True)}


def _member(scope: Scope, inner: exp.Expr) -> str | None:
    """The type of a list's element or of a struct's field."""
    whole = type_of(scope, inner.this)
    if isinstance(inner, exp.Dot):
        return (fields_of(whole) or {}).get(inner.expression.name.lower())
    key = inner.expressions[0] if len(inner.expressions) == 1 else None
    if isinstance(key, exp.Literal) and key.is_string:
        return (fields_of(whole) or {}).get(key.name.lower())
    if isinstance(key, exp.Slice):
        return whole
    return element_of(whole) if key is not None else None


def _computed(scope: Scope, inner: exp.Expr) -> str | None:  # noqa: PLR0911 - one return for each kind
    match inner:
        case exp.Sum():
            known = type_of(scope, inner.this)
            return "HUGEINT" if family(known) in (Family.INTEGER, Family.BOOLEAN) else known
        case exp.Case():
            return _common(scope, [branch.args["true"] for branch in inner.args.get("ifs") or ()])
        case exp.Add() | exp.Sub() | exp.Mul() | exp.Mod() | exp.IntDiv():
            return _arithmetic(scope, inner)
        case exp.Dot() | exp.Bracket():
            return _member(scope, inner)
        case exp.ArrayAgg():
            return f"{(type_of(scope, inner.this) if isinstance(inner.this, exp.Expr) else None) or ''}[]"
        case exp.TimestampTrunc():
            known = type_of(scope, inner.this)
            return known if family(known) in MOMENTS else None
        case _ if isinstance(inner, _SAME) and isinstance(inner.this, exp.Expr):
            return type_of(scope, inner.this)
        case _:
            return None


def _common(scope: Scope, branches: list[exp.Expr]) -> str | None:
    types = {type_of(scope, branch) for branch in branches if not isinstance(branch, exp.Null)}
    return next(iter(types)) if len(types) == 1 else None


def _arithmetic(scope: Scope, inner: exp.Binary) -> str | None:
    left, right = (type_of(scope, side) for side in (inner.this, inner.expression))
    families = {family(left), family(right)}
    if families <= set(NUMBERS):
        order = (Family.FLOAT, Family.DECIMAL, Family.INTEGER)
        widest = next(known for known in order if known in families)
        return left if family(left) is widest else right
    if family(left) in MOMENTS and family(right) is Family.INTERVAL:
        return left
    if isinstance(inner, exp.Sub) and family(left) in MOMENTS and family(right) in MOMENTS:
        return "INTERVAL"
    if isinstance(inner, exp.Sub) and families == {Family.DATE}:
        return "BIGINT"
    return None
