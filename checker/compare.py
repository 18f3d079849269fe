"""Whether two results are equal: first the columns, then bags of rows, floats within the tolerance."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.column_type import ColumnType, Family, comparable, has_zone, parse
from checker.exercise import OutputColumn, Tolerance
from checker.result import Digest, ResultRow


@dataclass(frozen=True, slots=True)
class Contract:
    """The declared columns, and for each the number of the query's column that stands for it."""

    columns: tuple[OutputColumn, ...]
    types: tuple[ColumnType, ...]
    positions: tuple[int, ...]
    warnings: tuple[str, ...] = ()

    @property
    def is_loose(self) -> bool:
        """Whether digests may differ although the values are equal."""
        return any(kind.is_loose for kind in self.types)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why columns do not meet the contract; `kind` is columns or types."""

    kind: str
    message: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Residue:
    """The rows of each side that have no equal on the other, as indexes."""

    actual: tuple[int, ...]
    expected: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.actual or self.expected)


def match_columns(output: Sequence[OutputColumn], described: Sequence[tuple[str, str]]) -> Contract | Mismatch:
    """The query's columns as the contract's, in any order; names are the contract, and they ignore case."""
    wanted = [column.name.lower() for column in output]
    found = [name.lower() for name, _ in described]
    if sorted(wanted) != sorted(found):
        return _names_differ(output, [name for name, _ in described])
    positions = tuple(found.index(name) for name in wanted)
    types, reasons, warnings = [], [], []
    for column, position in zip(output, positions, strict=True):
        declared, actual = parse(column.type), type_of(described[position][1])
        types.append(declared)
        if not comparable(declared, actual):
            reasons.append(f"{column.name} is {described[position][1]}; the contract says {column.type}")
        elif declared.family is Family.TIMESTAMP is actual.family and has_zone(declared) != has_zone(actual):
            warnings.append(
                f"{column.name} is {described[position][1]}, not {column.type}: taken as the same instant in UTC"
            )
    if reasons:
        return Mismatch("types", "The columns are there, but not of the declared types. Cast them.", tuple(reasons))
    return Contract(tuple(output), tuple(types), positions, tuple(warnings))


def type_of(name: str) -> ColumnType:
    """The tree of a type name that came from a child; an unreadable one is of no family."""
    try:
        return parse(name)
    except ValueError:
        return ColumnType(Family.OTHER, name)


def _names_differ(output: Sequence[OutputColumn], found: Sequence[str]) -> Mismatch:
    wanted = [column.name for column in output]
    lower = [name.lower() for name in found]
    missing = [name for name in wanted if name.lower() not in lower]
    surplus = [name for name in found if name.lower() not in [column.lower() for column in wanted]]
    doubled = sorted({name for name in found if lower.count(name.lower()) > 1})
    reasons = [f"missing: {', '.join(missing)}"] if missing else []
    reasons += [f"not asked for: {', '.join(surplus)}"] if surplus else []
    reasons += [f"more than once: {', '.join(doubled)}"] if doubled else []
    listed = ", ".join(found[:12])
    message = (
        f"The answer has {len(found)} columns ({listed}); expected are {', '.join(wanted)}. Rename or select them."
    )
    return Mismatch("columns", message, tuple(reasons))


def differing_parts(actual: Mapping[int, Digest], expected: Mapping[int, Digest]) -> list[int]:
    """The parts whose digests differ; a part without rows has no digest."""
    return sorted(part for part in actual.keys() | expected.keys() if actual.get(part) != expected.get(part))


def residue(
    actual: Sequence[ResultRow], expected: Sequence[ResultRow], types: Sequence[ColumnType], tolerance: Tolerance
) -> Residue:
    """What is left of two bags of rows after every row is paired with an equal one."""
    loose = [number for number, kind in enumerate(types) if kind.is_loose]
    mine, theirs = _grouped(actual, loose), _grouped(expected, loose)
    left_actual: list[int] = []
    left_expected: list[int] = []
    for exact in mine.keys() | theirs.keys():
        remaining = list(theirs.get(exact, ()))
        for index in mine.get(exact, ()):
            partner = _partner(actual[index], expected, remaining, (loose, types, tolerance))
            if partner is None:
                left_actual.append(index)
            else:
                remaining.remove(partner)
        left_expected.extend(remaining)
    return Residue(tuple(sorted(left_actual)), tuple(sorted(left_expected)))


def _grouped(rows: Sequence[ResultRow], loose: Sequence[int]) -> dict[tuple[Any, ...], list[int]]:
    groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[(row.world, *(key for number, key in enumerate(row.keys) if number not in loose))].append(index)
    return groups


def _partner(
    row: ResultRow,
    others: Sequence[ResultRow],
    candidates: Sequence[int],
    how: tuple[Sequence[int], Sequence[ColumnType], Tolerance],
) -> int | None:
    loose, types, tolerance = how
    for candidate in candidates:
        other = others[candidate]
        if all(equal(row.keys[n], other.keys[n], types[n], tolerance) for n in loose):
            return candidate
    return None


def equal(actual: str | None, expected: str | None, kind: ColumnType, tolerance: Tolerance) -> bool:
    """Whether two cells (as their keys) are equal values of `kind`."""
    if actual == expected:
        return True
    if actual is None or expected is None:
        return False
    if kind.family is Family.FLOAT:
        return _close(actual, expected, tolerance)
    if kind.family is Family.JSON or kind.is_nested:
        try:
            mine, theirs = json.loads(actual), json.loads(expected)
        except (ValueError, RecursionError):
            return False
        return bool(mine == theirs) if kind.family is Family.JSON else _equal_leaves(mine, theirs, kind, tolerance)
    return False


def _equal_leaves(actual: Any, expected: Any, kind: ColumnType, tolerance: Tolerance) -> bool:
    if actual is None or expected is None:
        return actual is expected
    if kind.family is Family.LIST and isinstance(actual, list) and isinstance(expected, list):
        same = len(actual) == len(expected)
        return same and all(_equal_leaves(a, e, kind.element, tolerance) for a, e in zip(actual, expected, strict=True))
    if kind.family is Family.MAP and isinstance(actual, list) and isinstance(expected, list):
        entry = ColumnType(Family.STRUCT, "", kind.fields)
        return _equal_leaves(actual, expected, ColumnType(Family.LIST, "", (("", entry),)), tolerance)
    if kind.family is Family.STRUCT and isinstance(actual, dict) and isinstance(expected, dict):
        return all(_equal_leaves(actual.get(n), expected.get(n), tree, tolerance) for n, tree in kind.fields)
    if isinstance(actual, str) and isinstance(expected, str):
        return equal(actual, expected, kind, tolerance)
    return bool(actual == expected)


def _close(actual: str, expected: str, tolerance: Tolerance) -> bool:
    try:
        mine, theirs = float(actual), float(expected)
    except ValueError:
        return False
    if math.isnan(mine) or math.isnan(theirs):
        return math.isnan(mine) and math.isnan(theirs)
    if math.isinf(mine) or math.isinf(theirs):
        return mine == theirs
    return math.isclose(mine, theirs, rel_tol=tolerance.relative, abs_tol=tolerance.absolute)


def marks(
    actual: Sequence[ResultRow],
    expected: Sequence[ResultRow],
    left: Residue,
    types: Sequence[ColumnType],
    tolerance: Tolerance,
) -> tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]], list[tuple[int, int, tuple[int, ...]]]]:
    """The cells that differ on either side, and the pairs of rows (actual, expected, columns) they come from.

    A row is paired with the one that shares most cells, at least half; a row without such a partner is
    marked whole.
    """
    width = len(types)
    free = list(left.expected)
    pairs: list[tuple[int, int, tuple[int, ...]]] = []
    alone: list[int] = []
    for index in left.actual:
        best = min(
            ((_unequal(actual[index], expected[e], types, tolerance), e) for e in free),
            default=None,
            key=lambda found: len(found[0]),
        )
        if best is None or len(best[0]) > width // 2:
            alone.append(index)
        else:
            pairs.append((index, best[1], best[0]))
            free.remove(best[1])
    mine = {(a, column) for a, _, columns in pairs for column in columns} | {
        (a, c) for a in alone for c in range(width)
    }
    theirs = {(e, column) for _, e, columns in pairs for column in columns} | {
        (e, c) for e in free for c in range(width)
    }
    return frozenset(mine), frozenset(theirs), pairs


def _unequal(
    actual: ResultRow, expected: ResultRow, types: Sequence[ColumnType], tolerance: Tolerance
) -> tuple[int, ...]:
    return tuple(n for n, kind in enumerate(types) if not equal(actual.keys[n], expected.keys[n], kind, tolerance))
