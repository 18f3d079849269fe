"""SQL expressions that give equal values one form: the declared type, or text that says what else it is.

For one column there are four: `bucket` (None when equal values may differ in form), `digest` (equal
for equal values, floats rounded to what the tolerance can tell apart), `key` (text that the parent
compares, with tolerance) and `shown` (text as SQL shows the value).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from checker.column_type import ColumnType, Family

VERSION = 3
LONGEST_CELL = 4_000
# A key that is compared with tolerance must arrive whole.
LONGEST_LOOSE_KEY = 200_000
MOST_DIGITS = 17
FROM_FLOAT = "~"


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

    @property
    def digits(self) -> int:
        """How many significant digits two floats may share only if they are equal within the tolerance."""
        if self.relative <= 0:
            return MOST_DIGITS
        return max(1, min(MOST_DIGITS, 1 + math.ceil(-math.log10(self.relative) - 1e-9)))


@dataclass(frozen=True, slots=True)
class _Texts:
    """One value inside another as text: `key` keeps every digit, `coarse` is equal for equal values."""

    key: str
    coarse: str


def quote(identifier: str) -> str:
    """The identifier in double quotes."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """The value as an SQL text literal."""
    return "'" + value.replace("'", "''") + "'"


def forms(column: str, declared: ColumnType, actual: ColumnType, close: Closeness) -> Forms:
    """The forms of `column` (an SQL expression of type `actual`) as a value of `declared`."""
    if actual.family is Family.NULL:
        # As many expressions as the declared type has: hashes of both sides must be built alike.
        typed = forms(f"CAST(NULL AS {declared.text})", declared, declared, close)
        return Forms(typed.bucket, typed.digest, "NULL", "NULL")
    shown = _bounded(f"CAST({column} AS VARCHAR)", LONGEST_CELL)
    if declared.is_nested:
        return _nested_forms(column, declared, actual, close, shown)
    match declared.family:
        case Family.FLOAT:
            value = _as_float(column, declared)
            return Forms(None, _rounded(value, close.digits), f"CAST({value} AS VARCHAR)", shown)
        case Family.JSON:
            value = f"CAST(json({column}) AS VARCHAR)"
            return Forms(None, value, _bounded(value, LONGEST_LOOSE_KEY), shown)
        case Family.INTERVAL:
            # The engine's hash of 31 days is that of 0 days: one month and one day cancel each other.
            value = _microseconds(column)
            return Forms(value, value, f"CAST({value} AS VARCHAR)", shown)
        case _:
            return _exact_forms(column, declared, actual, close, shown)


def _exact_forms(column: str, declared: ColumnType, actual: ColumnType, close: Closeness, shown: str) -> Forms:
    value = f"TRY_CAST({column} AS {declared.text})"
    if declared.family is Family.TEXT:
        value = f"CAST({column} AS VARCHAR)"
    if declared.family is Family.OTHER:
        value = column
    key = f"CAST({value} AS VARCHAR)"
    lost = _lost(column, value, declared, actual, close)
    if lost is None:
        both = f"{value}, CAST(NULL AS VARCHAR)"
    else:
        both = f"CASE WHEN {lost} THEN NULL ELSE {value} END, CASE WHEN {lost} THEN CAST({column} AS VARCHAR) END"
        key = f"CASE WHEN {lost} THEN CAST({column} AS VARCHAR) ELSE {key} END"
    if declared.is_fraction:
        # Beside a float the decimal's last digits are noise: the parent is told which of them are floats.
        key = f"{text(FROM_FLOAT)} || CAST({column} AS VARCHAR)" if actual.family is Family.FLOAT else key
        return Forms(None, both, key, shown)
    return Forms(both, both, _key_of_other(column, declared) or _bounded(key, LONGEST_CELL), shown)


def _key_of_other(column: str, declared: ColumnType) -> str | None:
    """The members of a union, and what a variant holds, may look alike and not be equal."""
    if not declared.text.upper().startswith(("UNION", "VARIANT")):
        return None
    seen = _bounded(f"CAST({column} AS VARCHAR)", LONGEST_CELL)
    return f"{seen} || ' ' || CAST(hash({column}) AS VARCHAR)"


def _lost(value: str, cast: str, declared: ColumnType, actual: ColumnType, close: Closeness) -> str | None:
    """A condition that is true where the cast to the declared type changes the value; None: it never does."""
    if declared.family in (Family.TEXT, Family.OTHER) or declared.text.upper() == actual.text.upper():
        return None
    if actual.family is Family.FLOAT:
        far = f"greatest({close.absolute!r}, {close.relative!r} * abs({value}))"
        distance = f"abs({value} - CAST({cast} AS DOUBLE))"
        return f"({value} IS NOT NULL AND coalesce({distance} > {far}, true))"
    # An instant is the same instant with and without a zone: the engine's zone is UTC.
    return f"(TRY_CAST({cast} AS {actual.text}) IS DISTINCT FROM {value})"


def _as_float(column: str, declared: ColumnType) -> str:
    """The value as DOUBLE, at the precision that is declared; -0.0 as 0.0."""
    single = declared.text.strip().upper() in ("FLOAT", "REAL", "FLOAT4")
    value = f"CAST({column} AS FLOAT)" if single else column
    return f"(CAST({value} AS DOUBLE) + 0.0)"


def _rounded(value: str, digits: int) -> str:
    """A float at so many significant digits; NaN, infinities and zero as they are."""
    if digits >= MOST_DIGITS:
        return value
    places = f"CAST({digits - 1} - floor(log10(abs({value}))) AS INTEGER)"
    plain = f"{value} = 0 OR isnan({value}) OR isinf({value}) OR abs({value}) < 1e-280"
    return f"CASE WHEN {plain} THEN {value} ELSE round({value}, {places}) END"


def _microseconds(value: str) -> str:
    """Months count as 30 days, as DuckDB's equality of intervals has it."""
    days = f"(datepart('year', {value}) * 12 + datepart('month', {value})) * 30 + datepart('day', {value})"
    rest = f"datepart('hour', {value}) * 3600000000 + datepart('minute', {value}) * 60000000"
    return f"(CAST({days} AS HUGEINT) * 86400000000 + {rest} + datepart('microsecond', {value}))"


def _bounded(value: str, most: int) -> str:
    """Text that fits into a message: what is longer is cut and ends with a digest of the whole."""
    return (
        f"CASE WHEN length({value}) > {most} THEN left({value}, {most - 40}) || '... ' || md5({value}) ELSE {value} END"
    )


def _nested_forms(column: str, declared: ColumnType, actual: ColumnType, close: Closeness, shown: str) -> Forms:
    found = _leaf(column, declared, actual, close)
    exact, coarse = (_sorted(value, declared) for value in (found.key, found.coarse))
    key = f"CAST(to_json({exact}) AS VARCHAR)"
    digest = key if coarse == exact else f"CAST(to_json({coarse}) AS VARCHAR)"
    if declared.is_loose:
        return Forms(None, digest, _bounded(key, LONGEST_LOOSE_KEY), shown)
    return Forms(digest, digest, _bounded(key, LONGEST_CELL), shown)


def _sorted(value: str, declared: ColumnType) -> str:
    return f"list_sort({value})" if declared.unordered else value


def _leaf(value: str, declared: ColumnType, actual: ColumnType, close: Closeness, depth: int = 0) -> _Texts:
    """The value with every leaf as text of the declared type: structs by field name, maps sorted by key."""
    if actual.family is Family.NULL:
        return _Texts("NULL", "NULL")
    match declared.family:
        case Family.LIST:
            return _transformed(value, declared.element, actual.element, close, depth)
        case Family.MAP:
            found = _transformed(
                f"map_entries({value})", declared.entries.element, actual.entries.element, close, depth
            )
            return _Texts(f"list_sort({found.key})", f"list_sort({found.coarse})")
        case Family.STRUCT:
            return _members(value, declared, actual, close, depth)
        case _:
            return _scalar(value, declared, actual, close)


def _scalar(value: str, declared: ColumnType, actual: ColumnType, close: Closeness) -> _Texts:
    plain = forms(value, declared, actual, close)
    if declared.family is Family.FLOAT:
        return _Texts(plain.key, f"CAST({plain.digest} AS VARCHAR)")
    if declared.is_fraction and actual.family is Family.FLOAT:
        cast = f"TRY_CAST({value} AS {declared.text})"
        lost = _lost(value, cast, declared, actual, close)
        return _Texts(plain.key, f"CASE WHEN {lost} THEN {plain.key} ELSE CAST({cast} AS VARCHAR) END")
    return _Texts(plain.key, plain.key)


def _transformed(value: str, declared: ColumnType, actual: ColumnType, close: Closeness, depth: int) -> _Texts:
    variable = f"laglead_x{depth}"
    inner = _leaf(variable, declared, actual, close, depth + 1)
    start = f"list_transform({value}, lambda {variable}: "
    return _Texts(f"{start}{inner.key})", f"{start}{inner.coarse})")


def _members(value: str, declared: ColumnType, actual: ColumnType, close: Closeness, depth: int) -> _Texts:
    theirs = {name.lower(): (name, tree) for name, tree in actual.fields}
    keys, coarse = [], []
    for name, tree in declared.fields:
        actual_name, actual_tree = theirs[name.lower()]
        member = f"struct_extract({value}, {text(actual_name)})"
        inner = _leaf(member, tree, actual_tree, close, depth)
        keys.append(f"{quote(name)} := {inner.key}")
        coarse.append(f"{quote(name)} := {inner.coarse}")
    packed = (f"CASE WHEN {value} IS NULL THEN NULL ELSE struct_pack({', '.join(m)}) END" for m in (keys, coarse))
    return _Texts(*packed)
