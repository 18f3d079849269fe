"""The smallest example of a difference as lines: what went in, what came out, what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from checker.exercise import Exercise
from checker.verdict import Counterexample, Rows
from laglead import timeline
from laglead.cellview import DIFFERS, MOST_CELL, Look, Shown, records, table
from laglead.moments import place

# Input, yours and expected are cut together, so that none pushes another off the screen.
ROWS_SHOWN = (6, 5, 4, 3, 2, 1)
LONGEST_ALIKE = 10
KEPT_OF_ALIKE = 6
FROM_LOG = ("practice log", "log of seed")
RESULTS = "yours and expected"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to show an example, and how much it leaves out."""

    lines: list[str]
    hidden: int


class Difference(Enum):
    """What an example shows, as far as it changes how it is shown."""

    ROWS = "rows"
    ORDER = "order"  # the two results stand one after the other
    STORAGE = "storage"  # the input stands in the order in which it is stored


def forms(example: Counterexample, exercise: Exercise, sql: str, shows: Difference) -> Iterator[Form]:
    """The example from the fullest form to the shortest: along its time, as tables, as words, with fewer rows."""
    example = replace(example, tables={name: _in_brief(rows) for name, rows in example.tables.items()})
    if shows is not Difference.STORAGE:
        example = replace(example, tables={name: _sorted(rows) for name, rows in example.tables.items()})
    told = {name: telling(table, words(sql, exercise)) for name, table in example.tables.items()}
    drawn = timeline.draw(example, exercise.timeline, told)
    results = _one_by_one if shows is Difference.ORDER else _compared
    for most in ROWS_SHOWN:
        if drawn is not None:
            rest = {name: columns for name, columns in told.items() if name != drawn.replaces}
            axis = f"  {_title(example)}, along {drawn.axis}"
            yield _form([axis, *drawn.lines], [*_inputs(example, rest, most, table), *results(example, most, table)])
        for inputs, outputs in ((table, table), (records, table), (records, records)):
            parts = [*_inputs(example, told, most, inputs), *results(example, most, outputs)]
            yield _form([f"  {_title(example)}"], parts)


def _in_brief(rows: Rows) -> Rows:
    return replace(rows, rows=rows.brief, brief=()) if rows.brief else rows


def _sorted(rows: Rows) -> Rows:
    return replace(rows, rows=tuple(sorted(rows.rows, key=lambda row: [place(value).order for value in row])))


def _form(head: list[str], parts: Sequence[Shown]) -> Form:
    return Form([*head, *(line for part in parts for line in part.lines)], sum(part.hidden for part in parts))


Style = Callable[[Rows, Look], Shown]


def _title(example: Counterexample) -> str:
    count = sum(len(table.rows) for table in example.tables.values())
    rows = f"{count} input row{'' if count == 1 else 's'}"
    if not example.source.startswith(FROM_LOG):
        return f"smallest example: {rows}"
    log, _, entity = example.source.partition(", ")
    return f"smallest example: {rows} of the {log}" + (f" ({entity})" if entity else "")


def _inputs(example: Counterexample, told: Mapping[str, tuple[int, ...]], most: int, style: Style) -> list[Shown]:
    found = []
    for name, columns in told.items():
        shown = style(example.tables[name], Look(columns=columns, most=most))
        found.append(Shown([f"  {name}", *shown.lines], shown.hidden))
    return found


def words(sql: str, exercise: Exercise) -> frozenset[str]:
    """What the answer and the expected answer name: a column that was forgotten tells most."""
    expected = exercise.reference.read_text(encoding="utf-8-sig")
    return frozenset(re.findall(r"\w+", f"{_code(sql)} {_code(expected)}".lower()))


def _code(sql: str) -> str:
    return re.sub(r"--[^\n]*|/\*.*?\*/", " ", sql, flags=re.DOTALL)


def telling(rows: Rows, named: frozenset[str]) -> tuple[int, ...]:
    """The columns that are named, all of them where none is."""
    found = tuple(index for index, column in enumerate(rows.columns) if column.lower() in named)
    return found or tuple(range(len(rows.columns)))


def _one_by_one(example: Counterexample, most: int, style: Style) -> list[Shown]:
    found = []
    for title, rows in (("yours", example.actual), ("expected", example.expected)):
        shown = style(rows, Look(most=most))
        found.append(Shown([f"  {title}", *shown.lines], shown.hidden))
    return found


def _compared(example: Counterexample, most: int, style: Style) -> list[Shown]:
    """One table of both results: what differs below each other, then what they share, once."""
    entries = list(_entries(example))
    marks = frozenset((number, column + 1) for number, entry in enumerate(entries) for column in entry.marks)
    rows = Rows(
        columns=(DIFFERS if marks else "", *example.expected.columns),
        types=("label", *example.expected.types),
        rows=tuple((entry.label, *entry.row) for entry in entries),
        truncated=example.actual.truncated or example.expected.truncated,
    )
    differing = {column for _, column in marks} if len({c for _, c in marks}) < len(example.expected.columns) else set()
    skip = {column + 1: count for column, count in _alike(example).items()}
    shown = style(rows, Look(first=frozenset({0, *differing}), most=2 * most, marks=marks, skip=skip))
    nothing = [name for name, result in (("yours", example.actual), ("expected", example.expected)) if not result.rows]
    lines = [f"  {RESULTS}", *(shown.lines if entries else []), *(f"    {name}: no rows" for name in nothing)]
    return [Shown(lines, shown.hidden)]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of one result or of both; `marks` are the columns in which it differs from its partner."""

    label: str
    row: tuple[str | None, ...]
    marks: frozenset[int] = frozenset()


def _entries(example: Counterexample) -> Iterator[Entry]:
    """Rows that differ in some columns, each above its partner, then what only one has, then what both have."""
    mine = _kinds(example.actual, example.actual_marks)
    theirs = _kinds(example.expected, example.expected_marks)
    for one in sorted([*mine.similar, *theirs.similar], key=_alike_but_for_marks):
        yield Entry("yours" if one in mine.similar else "expected", *one)
    yield from (Entry("only yours", row) for row, _ in mine.alone)
    yield from (Entry("only expected", row) for row, _ in theirs.alone)
    yield from (Entry("both", row) for row, _ in mine.same)


Marked = tuple[tuple[str | None, ...], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Kinds:
    """The rows of a result with their marks, by whether the other result has the same, a similar one or none."""

    same: list[Marked] = field(default_factory=list)
    similar: list[Marked] = field(default_factory=list)
    alone: list[Marked] = field(default_factory=list)


def _kinds(rows: Rows, marks: frozenset[tuple[int, int]]) -> Kinds:
    found = Kinds()
    for number, row in enumerate(rows.rows):
        columns = frozenset(column for r, column in marks if r == number)
        kind = found.same if not columns else found.alone if len(columns) == len(row) else found.similar
        kind.append((row, columns))
    return found


def _alike_but_for_marks(marked: Marked) -> tuple[list[int], list[str]]:
    """What brings a row and its partner together, the earlier first."""
    row, marks = marked
    return sorted(marks), ["" if column in marks else f"{value}" for column, value in enumerate(row)]


def _alike(example: Counterexample) -> dict[int, int]:
    """How many characters at the start of a column's long values are the same, where they would hide the rest."""
    found = {}
    for column in range(len(example.expected.columns)):
        texts = [row[column] or "" for rows in (example.actual, example.expected) for row in rows.rows]
        alike = _common(texts)
        if max(map(len, texts), default=0) > MOST_CELL - 2 and alike > LONGEST_ALIKE and len(set(texts)) > 1:
            found[column] = alike - KEPT_OF_ALIKE
    return found


def _common(texts: Sequence[str]) -> int:
    """The length of what all texts begin with."""
    shortest = min(map(len, texts), default=0)
    return next((n for n in range(shortest) if len({text[n] for text in texts}) > 1), shortest)
