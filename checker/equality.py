"""Whether two cells are equal values: floats within the tolerance, JSON by content, nested values leaf by leaf."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from checker.canonical import FROM_FLOAT
from checker.column_type import ColumnType, Family
from checker.exercise import Tolerance
from checker.pairing import paired


def equal(actual: str | None, expected: str | None, kind: ColumnType, tolerance: Tolerance) -> bool:
    """Whether two cells (as their keys) are equal values of `kind`."""
    if actual == expected or actual is None or expected is None:
        return actual == expected
    match kind.family:
        case Family.FLOAT:
            return _close(actual, expected, tolerance)
        case Family.NUMBER:
            computed = FROM_FLOAT in (actual[:1], expected[:1])
            return computed and _close(actual.lstrip(FROM_FLOAT), expected.lstrip(FROM_FLOAT), tolerance)
        case Family.JSON:
            return _equal_json(_parsed(actual), _parsed(expected), tolerance)
        case Family.LIST | Family.STRUCT | Family.MAP:
            return _equal_leaves(_parsed(actual), _parsed(expected), kind, tolerance)
        case _:
            return False


class _Unreadable:
    """What could not be parsed; it equals nothing."""


class _Doubled(list[Any]):
    """The members of a JSON object that names one of them twice."""


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_members)
    except (ValueError, RecursionError):
        return _Unreadable()


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Doubled:
    members = dict(pairs)
    return members if len(members) == len(pairs) else _Doubled(pairs)


def _equal_json(actual: Any, expected: Any, tolerance: Tolerance) -> bool:
    """JSON values: numbers by value, objects by member, true is not 1."""
    if isinstance(actual, dict) and isinstance(expected, dict):
        same = actual.keys() == expected.keys()
        return same and all(_equal_json(actual[name], expected[name], tolerance) for name in actual)
    if isinstance(actual, list | tuple) and isinstance(expected, list | tuple):
        same = len(actual) == len(expected)
        return same and all(_equal_json(a, e, tolerance) for a, e in zip(actual, expected, strict=True))
    if _is_number(actual) and _is_number(expected):
        whole = isinstance(actual, int) and isinstance(expected, int)
        return bool(actual == expected) or (not whole and _close(actual, expected, tolerance))
    return type(actual) is type(expected) and bool(actual == expected)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _equal_leaves(actual: Any, expected: Any, kind: ColumnType, tolerance: Tolerance) -> bool:
    if actual is None or expected is None:
        return actual is expected
    if kind.family is Family.LIST and isinstance(actual, list) and isinstance(expected, list):
        return _equal_lists(actual, expected, kind, tolerance)
    if kind.family is Family.MAP and isinstance(actual, list) and isinstance(expected, list):
        return _equal_lists(actual, expected, kind.entries, tolerance)
    if kind.family is Family.STRUCT and isinstance(actual, dict) and isinstance(expected, dict):
        return all(_equal_leaves(actual.get(n), expected.get(n), tree, tolerance) for n, tree in kind.fields)
    return isinstance(actual, str) and isinstance(expected, str) and equal(actual, expected, kind, tolerance)


def _equal_lists(actual: Sequence[Any], expected: Sequence[Any], kind: ColumnType, tolerance: Tolerance) -> bool:
    if len(actual) != len(expected):
        return False
    if kind.unordered:
        pairs = paired(
            range(len(actual)),
            lambda _: range(len(expected)),
            lambda a, e: _equal_leaves(actual[a], expected[e], kind.element, tolerance),
        )
        return len(pairs) == len(actual)
    return all(_equal_leaves(a, e, kind.element, tolerance) for a, e in zip(actual, expected, strict=True))


def _close(actual: Any, expected: Any, tolerance: Tolerance) -> bool:
    try:
        mine, theirs = float(actual), float(expected)
    except (ValueError, OverflowError):
        return False
    if math.isnan(mine) or math.isnan(theirs):
        return math.isnan(mine) and math.isnan(theirs)
    if math.isinf(mine) or math.isinf(theirs):
        return mine == theirs
    return math.isclose(mine, theirs, rel_tol=tolerance.relative, abs_tol=tolerance.absolute)
