"""Moments: which parts of them mean the same everywhere, and whether a difference counts borders or whole units."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.dialect import Dialect
from checker.semantics.untranslatable import Untranslatable

# A week begins on Sunday here and on Monday there, so it is none of these.
UNITS = {"YEAR", "QUARTER", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"}
PARTS = {"YEAR", "QUARTER", "MONTH", "DAY", "HOUR", "MINUTE", "EPOCH", "DATE"}
# Whose seconds have no fraction, as DuckDB's have none.
WHOLE_SECONDS = ("snowflake", "bigquery")
# DATEDIFF with a unit is another function there than DATEDIFF of two dates, and sqlglot reads both alike.
COUNTS_WHOLE_DAYS = ("spark", "databricks")
_WITH_UNIT = (
    exp.DateDiff,
    exp.DatetimeDiff,
    exp.TimestampDiff,
    exp.TimestampTrunc,
    exp.DateAdd,
    exp.DateSub,
    exp.DatetimeAdd,
    exp.DatetimeSub,
    exp.TimestampAdd,
    exp.TimestampSub,
)


def apply(tree: exp.Expr, dialect: Dialect) -> Iterator[str]:
    """Whole units where the dialect counts them; Untranslatable for units and zones that differ."""
    for node in list(tree.walk()):
        _check(node, dialect)
        if isinstance(node, exp.TimestampDiff) and dialect.name != "snowflake":
            yield _whole_units(node, dialect)
        elif isinstance(node, exp.DateDiff | exp.DatetimeDiff):
            yield f"a difference of dates counts borders in {dialect.title}, as DATE_DIFF does in DuckDB"


def _check(node: exp.Expr, dialect: Dialect) -> None:
    if isinstance(node, _WITH_UNIT):
        unit = node.args.get("unit")
        if isinstance(node, exp.DateDiff) and dialect.name in COUNTS_WHOLE_DAYS and unit is not None:
            raise Untranslatable(f"DATEDIFF of {dialect.title} with a unit: write TIMESTAMPDIFF(unit, a, b)", node)
        if unit is not None and _unit(unit) not in UNITS:
            raise Untranslatable(f"{_unit(unit)} is not the same in {dialect.title} and DuckDB", node)
        if node.args.get("zone") is not None:
            raise Untranslatable("a time zone in this function is not translated: the log is in UTC", node)
    elif isinstance(node, exp.Extract):
        part = _unit(node.this)
        if part not in PARTS and not (part == "SECOND" and dialect.name in WHOLE_SECONDS):
            raise Untranslatable(f"EXTRACT({part}) is not the same in {dialect.title} and DuckDB", node)
    elif isinstance(node, exp.AtTimeZone) and dialect.name != "postgres":
        raise Untranslatable(f"AT TIME ZONE of {dialect.title} is not translated", node)
    elif isinstance(node, exp.Date | exp.TsOrDsToDate) and len([v for v in node.args.values() if v]) > 1:
        raise Untranslatable("a date with a format or a time zone is not translated", node)


def _unit(node: exp.Expr) -> str:
    name = node.name.upper().strip("'")
    return name.removesuffix("S") if name.removesuffix("S") in UNITS else name


def _whole_units(node: exp.TimestampDiff, dialect: Dialect) -> str:
    unit = exp.Literal.string(_unit(node.args["unit"]).lower())
    node.replace(exp.Anonymous(this="DATE_SUB", expressions=[unit, node.expression, node.this]))
    return f"TIMESTAMP_DIFF counts whole units in {dialect.title}, not borders: the translation says DATE_SUB"
