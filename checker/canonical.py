"""SQL expressions that give equal values one form: the declared type, or text that says what else it is.

For one column there are four: `bucket` (None when equal values may differ in form), `digest` (equal
for equal values, floats at 12 significant digits), `key` (text that the parent compares, with
tolerance) and `shown` (text as SQL shows the value).
"""

from __future__ import annotations

from dataclasses import dataclass

from checker.column_type import ColumnType, Family

VERSION = 1
SIGNIFICANT_DIGITS = 12
LONGEST_CELL = 4_000


@dataclass(frozen=True, slots=True)
class Forms:
    """The SQL of one column's forms."""

    bucket: str | None
    digest: str
    key: str
    shown: str


@dataclass(frozen=True, slots=True)
class Closeness:
    """How far a float may lie from an exact value and still be it."""

    relative: float
    absolute: float


def quote(identifier: str) -> str:
    """The identifier in double quotes."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """The value as an SQL text literal."""
    return "'" + value.replace("'", "''") + "'"


def forms(column: str, declared: ColumnType, actual: ColumnType, close: Closeness, *, unordered: bool) -> Forms:
    """The forms of `column` (an SQL expression of type `actual`) as a value of `declared`."""
    shown = _bounded(f"CAST({column} AS VARCHAR)")
    if actual.family is Family.NULL:
        # As many expressions as the declared type has: hashes of both sides must be built alike.
        typed = f"CAST(NULL AS {declared.text})"
        typed_forms = forms(typed, declared, declared, close, unordered=unordered)
        return Forms(typed_forms.bucket, typed_forms.digest, "NULL", "NULL")
    if declared.is_nested:
        return _nested_forms(column, declared, actual, close, shown=shown, unordered=unordered)
    if declared.family is Family.FLOAT:
        value = f"CAST({column} AS DOUBLE)"
        return Forms(None, _rounded(value), f"CAST({value} + 0.0 AS VARCHAR)", shown)
    if declared.family is Family.JSON:
        return Forms(None, f"CAST({column} AS VARCHAR)", shown, shown)
    if declared.family is Family.INTERVAL:
        return Forms(column, column, _interval(column), shown)
    return _exact_forms(column, declared, actual, close, shown=shown)


def _exact_forms(column: str, declared: ColumnType, actual: ColumnType, close: Closeness, *, shown: str) -> Forms:
    value = f"TRY_CAST({column} AS {declared.text})"
    if declared.family is Family.TEXT:
        value = f"CAST({column} AS VARCHAR)"
    lost = _lost(column, value, declared, actual, close)
    if lost is None:
        both = f"{value}, CAST(NULL AS VARCHAR)"
        return Forms(both, both, _bounded(f"CAST({value} AS VARCHAR)"), shown)
    surplus = f"CASE WHEN {lost} THEN CAST({column} AS VARCHAR) END"
    key = f"CASE WHEN {lost} THEN CAST({column} AS VARCHAR) ELSE CAST({value} AS VARCHAR) END"
    both = f"CASE WHEN {lost} THEN NULL ELSE {value} END, {surplus}"
    return Forms(both, both, _bounded(key), shown)


def _lost(value: str, cast: str, declared: ColumnType, actual: ColumnType, close: Closeness) -> str | None:
    """A condition that is true where the cast to the declared type changes the value; None: it never does."""
    if declared.family is Family.TEXT or declared.text.upper() == actual.text.upper():
        return None
    if actual.family is Family.FLOAT:
        far = f"greatest({close.absolute!r}, {close.relative!r} * abs({value}))"
        distance = f"abs({value} - CAST({cast} AS DOUBLE))"
        return f"({value} IS NOT NULL AND coalesce({distance} > {far}, true))"
    if declared.family is Family.TIMESTAMP:
        # An instant is the same instant with and without a zone: the engine's zone is UTC.
        return f"(TRY_CAST({cast} AS {actual.text}) IS DISTINCT FROM {value})"
    return f"(TRY_CAST({cast} AS {actual.text}) IS DISTINCT FROM {value})"


def _rounded(value: str) -> str:
    """A float at 12 significant digits; NaN, infinities and zero as they are, -0.0 as 0.0."""
    digits = f"CAST({SIGNIFICANT_DIGITS - 1} - floor(log10(abs({value}))) AS INTEGER)"
    plain = f"{value} = 0 OR isnan({value}) OR isinf({value}) OR abs({value}) < 1e-290"
    return f"CASE WHEN {plain} THEN {value} + 0.0 ELSE round({value}, {digits}) END"


def _interval(value: str) -> str:
    """Months count as 30 days, as DuckDB's equality of intervals has it."""
    days = f"(datepart('year', {value}) * 12 + datepart('month', {value})) * 30 + datepart('day', {value})"
    rest = f"datepart('hour', {value}) * 3600000000 + datepart('minute', {value}) * 60000000"
    micros = f"CAST({days} AS HUGEINT) * 86400000000 + {rest} + datepart('microsecond', {value})"
    return f"CAST({micros} AS VARCHAR)"


def _bounded(value: str) -> str:
    """Text that fits into a message: what is longer is cut and ends with a digest of the whole."""
    return (
        f"CASE WHEN length({value}) > {LONGEST_CELL} "
        f"THEN left({value}, {LONGEST_CELL - 40}) || '... ' || md5({value}) ELSE {value} END"
    )


def _nested_forms(
    column: str, declared: ColumnType, actual: ColumnType, close: Closeness, *, shown: str, unordered: bool
) -> Forms:
    exact = _leaf(column, declared, actual, close, rounded=False)
    coarse = _leaf(column, declared, actual, close, rounded=True) if declared.is_loose else exact
    if unordered and declared.family is Family.LIST:
        exact, coarse = f"list_sort({exact})", f"list_sort({coarse})"
    key = f"CAST(to_json({exact}) AS VARCHAR)"
    digest = key if coarse == exact else f"CAST(to_json({coarse}) AS VARCHAR)"
    return Forms(None if declared.is_loose else digest, digest, _bounded(key), shown)


def _leaf(
    value: str, declared: ColumnType, actual: ColumnType, close: Closeness, *, rounded: bool, depth: int = 0
) -> str:
    """The value with every leaf as text of the declared type: structs by field name, maps sorted by key."""
    variable = f"x{depth}"
    if actual.family is Family.NULL:
        return "NULL"
    if declared.family is Family.LIST and actual.family is Family.LIST:
        inner = _leaf(variable, declared.element, actual.element, close, rounded=rounded, depth=depth + 1)
        return f"list_transform({value}, lambda {variable}: {inner})"
    if declared.family is Family.MAP and actual.family is Family.MAP:
        parts = _members(variable, declared, actual, close, rounded=rounded, depth=depth + 1)
        return f"list_transform(list_sort(map_entries({value})), lambda {variable}: struct_pack({parts}))"
    if declared.family is Family.STRUCT and actual.family is Family.STRUCT:
        parts = _members(value, declared, actual, close, rounded=rounded, depth=depth)
        return f"CASE WHEN {value} IS NULL THEN NULL ELSE struct_pack({parts}) END"
    plain = forms(value, declared, actual, close, unordered=False)
    if rounded and declared.family is Family.FLOAT:
        return f"CAST({plain.digest} AS VARCHAR)"
    return plain.key


def _members(
    value: str, declared: ColumnType, actual: ColumnType, close: Closeness, *, rounded: bool, depth: int
) -> str:
    theirs = {name.lower(): (name, tree) for name, tree in actual.fields}
    parts = []
    for name, tree in declared.fields:
        actual_name, actual_tree = theirs[name.lower()]
        member = f"struct_extract({value}, {text(actual_name)})"
        inner = _leaf(member, tree, actual_tree, close, rounded=rounded, depth=depth)
        parts.append(f"{quote(name)} := {inner}")
    return ", ".join(parts)
