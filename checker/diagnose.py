"""Says in a learner's words what kind of difference it is, what an engine error means, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from checker.answer import locate
from checker.compare import Residue, marks
from checker.contract import Contract
from checker.exercise import Tolerance
from checker.limits import Limits
from checker.result import Failure, ResultRow
from checker.verdict import Broken, Location, Refused, TimedOut

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
        return _surplus("extra rows", "the answer", [actual[i] for i in left.actual], expected, names)
    if left.expected and not left.actual:
        return _surplus("missing rows", "the expected result", [expected[i] for i in left.expected], actual, names)
    reasons = [f"expected, but not there: {_row(expected[i], names)}" for i in sorted(left.expected)[:MOST_NAMED]]
    reasons += [f"there, but not expected: {_row(actual[i], names)}" for i in sorted(left.actual)[:MOST_NAMED]]
    kind = "values" if len(actual) == len(expected) else "extra rows" if len(actual) > len(expected) else "missing rows"
    counts = f"The answer has {_rows(len(actual))}, expected {_rows(len(expected))}"
    message = f"{counts}; {len(left.expected)} expected are not among them."
    return Difference(kind, message, tuple(reasons))


def _values(
    actual: Sequence[ResultRow],
    expected: Sequence[ResultRow],
    pairs: Sequence[tuple[int, int, tuple[int, ...]]],
    names: Sequence[str],
) -> Difference:
    columns = sorted({column for _, _, cells in pairs for column in cells})
    cells = [(actual[a].shown[n], expected[e].shown[n]) for a, e, numbers in pairs for n in numbers]
    nulls = all((mine is None) != (theirs is None) for mine, theirs in cells)
    which = ", ".join(names[column] for column in columns)
    what = "is NULL on one side only" if nulls else "has other values"
    reasons = [
        f"{names[n]} is {_cell(actual[a].shown[n])}, expected {_cell(expected[e].shown[n])} "
        f"where {_others(expected[e], names, n)}"
        for a, e, numbers in list(pairs)[:MOST_NAMED]
        for n in numbers[:1]
    ]
    return Difference("values", f"The rows are there, but {which} {what}.", tuple(reasons))


def _surplus(
    kind: str, owner: str, surplus: Sequence[ResultRow], others: Sequence[ResultRow], names: Sequence[str]
) -> Difference:
    known = {row.keys for row in others}
    repeated = all(row.keys in known for row in surplus)
    verb = "more often" if repeated else "alone"
    message = f"{_rows(len(surplus))} stand{'s' if len(surplus) == 1 else ''} {verb} in {owner}."
    return Difference(kind, message, tuple(_row(row, names) for row in surplus[:MOST_NAMED]))


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


def stopped(failure: Failure, sql: str, limits: Limits, known_names: Iterable[str] = ()) -> Broken | Refused | TimedOut:
    """The verdict on an answer that did not come to its end."""
    if failure.kind == "timeout":
        advice = "Look for a join without a key or a loop without an end."
        return TimedOut(f"The query ran longer than {limits.soft_seconds:g} seconds. {advice}", limits.soft_seconds)
    where = place(failure, sql)
    if failure.kind == "refused":
        return Refused(
            f"Not allowed here: {_first_line(failure.message)}. An answer reads the tables with one SELECT.", where
        )
    if failure.kind == "memory":
        megabytes = limits.engine_memory_bytes >> 20
        return Broken(
            f"The query needs more than {megabytes} MB of memory. Join on keys, and filter or group earlier.", where
        )
    if failure.kind == "output":
        return Broken(
            "The result is too large to read. Return the rows that the exercise asks for, nothing else.", where
        )
    if failure.kind == "crash":
        return Broken("The engine gave up on this query. Write it more simply, then check again.", where)
    hints = [line.strip() for line in failure.message.splitlines()[1:] if line.strip()][:3]
    near = nearest(failure, known_names)
    if near:
        hints = [
            f"did you mean {' or '.join(near)}?",
            *(hint for hint in hints if not hint.startswith(("Did you", "Candidate"))),
        ]
    return Broken(_first_line(failure.message), where, tuple(hints))


def nearest(failure: Failure, known_names: Iterable[str]) -> list[str]:
    """Names of the data that resemble the one that was not found; the engine's own catalog is left out."""
    if not failure.name or not failure.subtype:
        return []
    known = {name.lower(): name for name in known_names}
    close = [known[name] for name in get_close_matches(failure.name.lower(), list(known), n=3, cutoff=0.6)]
    named = [name for name in failure.candidates if name.lower() in known or failure.subtype == "COLUMN_NOT_FOUND"]
    return list(dict.fromkeys([*close, *named]))[:3]


def place(failure: Failure, sql: str) -> Location | None:
    """The engine's byte offset as a line and column in code points."""
    if failure.position is None:
        return None
    data = sql.encode()
    before = data[: failure.position].decode(errors="ignore")
    marked = data[failure.position : failure.position + failure.length].decode(errors="ignore")
    return locate(sql, len(before), max(1, len(marked)))


def _first_line(message: str) -> str:
    return message.split("\n", 1)[0].strip().rstrip(".") or "the query failed"
