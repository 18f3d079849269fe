"""Whether a query's columns meet the contract: names in any order, types of the same family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.column_type import ColumnType, Family, comparable, has_zone, parse
from checker.exercise import OutputColumn


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


def match_columns(
    output: Sequence[OutputColumn], described: Sequence[tuple[str, str]], *, names_fixed: bool = True
) -> Contract | Mismatch:
    """The query's columns as the contract's, in any order; names ignore case.

    Where the names are not the contract, columns of other names are taken by position, with a warning.
    """
    wanted = [column.name.lower() for column in output]
    found = [name.lower() for name, _ in described]
    warnings: list[str] = []
    if sorted(wanted) == sorted(found):
        positions = tuple(found.index(name) for name in wanted)
    elif names_fixed or len(wanted) != len(found):
        return _names_differ(output, [name for name, _ in described])
    else:
        positions = tuple(range(len(wanted)))
        warnings.append(f"names differ from {', '.join(wanted)}: columns were matched by position")
    return _match_types(output, described, positions, warnings)


def _match_types(
    output: Sequence[OutputColumn],
    described: Sequence[tuple[str, str]],
    positions: tuple[int, ...],
    warnings: list[str],
) -> Contract | Mismatch:
    types, reasons = [], []
    for column, position in zip(output, positions, strict=True):
        declared = replace(parse(column.type), unordered=column.unordered)
        actual = type_of(described[position][1])
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
    count = "1 column" if len(found) == 1 else f"{len(found)} columns"
    listed = ", ".join(found[:12])
    message = f"The answer has {count} ({listed}); expected are {', '.join(wanted)}. Rename or select them."
    return Mismatch("columns", message, tuple(reasons))
