"""Says in a learner's words what kind of difference it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from checker.compare import Residue, marks
from checker.contract import Contract
from checker.exercise import Tolerance
from checker.result import ResultRow

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind` is the class of the difference; `reasons` name the rows and cells."""

    kind: str
    message: str
    reasons: tuple[str, ...] = ()


def difference(
    actual: Sequence[ResultRow],
    expected: Sequence[ResultRow],
    left: Residue,
    contract: Contract,
    tolerance: Tolerance,
) -> Difference:
    """The class of a bag difference."""
    names = [column.name for column in contract.columns]
    _, _, pairs = marks(actual, expected, left, contract.types, tolerance)
    alone = set(left.actual) - {a for a, _, _ in pairs}
    absent = set(left.expected) - {e for _, e, _ in pairs}
    if pairs and not alone and not absent:
        return _values(actual, expected, pairs, names)
    if left.actual and not left.expected:
        return _surplus("extra rows", [actual[i] for i in left.actual], expected, names)
    if left.expected and not left.actual:
        return _surplus("missing rows", [expected[i] for i in left.expected], actual, names)
    reasons = [f"expected, but not there: {_row(expected[i], names)}" for i in sorted(left.expected)[:MOST_NAMED]]
    reasons += [f"there, but not expected: {_row(actual[i], names)}" for i in sorted(left.actual)[:MOST_NAMED]]
    kind = "values" if len(actual) == len(expected) else "extra rows" if len(actual) > len(expected) else "missing rows"
    if len(actual) == len(expected):
        mine, theirs = [actual[i] for i in left.actual], [expected[i] for i in left.expected]
        which = _listed([names[number] for number in _unequal(mine, theirs)])
        differ = f"{len(theirs)} of {len(expected)} {'differs' if len(theirs) == 1 else 'differ'}"
        message = f"The number of rows is right, but {differ}: look at {which}."
    else:
        message = f"The answer has {_rows(len(actual))} where {_rows(len(expected))} are expected."
    return Difference(kind, message, tuple(reasons))


def _values(
    actual: Sequence[ResultRow],
    expected: Sequence[ResultRow],
    pairs: Sequence[tuple[int, int, tuple[int, ...]]],
    names: Sequence[str],
) -> Difference:
    columns = sorted({column for _, _, cells in pairs for column in cells})
    cells = [(actual[a].shown[n], expected[e].shown[n]) for a, e, numbers in pairs for n in numbers]
    which = _listed([names[column] for column in columns])
    what = _what(cells, several=len(columns) > 1)
    reasons = [
        f"{names[n]} is {_cell(actual[a].shown[n])}, expected {_cell(expected[e].shown[n])} "
        f"where {_others(expected[e], names, n)}"
        for a, e, numbers in list(pairs)[:MOST_NAMED]
        for n in numbers[:1]
    ]
    return Difference("values", f"The rows are there, but {which} {what}.", tuple(reasons))


def _unequal(mine: Sequence[ResultRow], theirs: Sequence[ResultRow]) -> list[int]:
    """The columns in which two lists of rows do not hold the same values; all where these are only mixed up."""
    columns = range(len(mine[0].keys))
    return [n for n in columns if Counter(r.keys[n] for r in mine) != Counter(r.keys[n] for r in theirs)] or [*columns]


def _what(cells: Sequence[tuple[str | None, str | None]], *, several: bool) -> str:
    """How (yours, expected) differ in all of these cells."""
    if all(mine is None is not theirs for mine, theirs in cells):
        return f"{'are' if several else 'is'} NULL where a value is expected"
    if all(theirs is None is not mine for mine, theirs in cells):
        return f"{'have' if several else 'has'} a value where NULL is expected"
    return f"{'have' if several else 'has'} other values"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _surplus(kind: str, surplus: Sequence[ResultRow], others: Sequence[ResultRow], names: Sequence[str]) -> Difference:
    known = {row.keys for row in others}
    repeated = all(row.keys in known for row in surplus)
    message = _SURPLUS[kind, repeated].format(rows=_rows(len(surplus)))
    return Difference(kind, message, tuple(_row(row, names) for row in surplus[:MOST_NAMED]))


_SURPLUS = {
    ("extra rows", True): "The answer repeats {rows} more often than expected.",
    ("extra rows", False): "The answer has {rows} too many.",
    ("missing rows", True): "The answer repeats {rows} less often than expected.",
    ("missing rows", False): "The answer lacks {rows}.",
}


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def _row(row: ResultRow, names: Sequence[str]) -> str:
    return ", ".join(f"{name} {_cell(cell)}" for name, cell in zip(names, row.shown, strict=True))


def _others(row: ResultRow, names: Sequence[str], number: int) -> str:
    kept = [f"{name} {_cell(cell)}" for n, (name, cell) in enumerate(zip(names, row.shown, strict=True)) if n != number]
    return ", ".join(kept[:MOST_NAMED]) or "there is one column"


def _cell(cell: str | None) -> str:
    if cell is None:
        return "NULL"
    return f"'{cell[:60]}'" if cell == "" or cell != cell.strip() else cell[:60]
