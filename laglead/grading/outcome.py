"""What a gradebook keeps of a verdict: nothing that depends on when, where or how fast it was found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from checker.exercise import Exercise
from checker.judgement import mistake
from checker.verdict import (
    Broken,
    Counterexample,
    Differs,
    Location,
    Nondeterministic,
    Passed,
    Refused,
    Report,
    Rows,
    TimedOut,
)
from laglead.example_text import telling, words
from laglead.verdict_json import example_json

UNJUDGED = "unjudged"
MOST_ROWS = 8
MOST_TEXT = 300
_COUNT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict; `mistake` is what it is counted under, empty where there is none."""

    verdict: str
    message: str
    mistake: str = ""
    details: tuple[str, ...] = ()
    location: Location | None = None
    example: Counterexample | None = None

    @property
    def passed(self) -> bool:
        return self.verdict == Passed.outcome


def of_report(report: Report, exercise: Exercise) -> Outcome:
    """What to keep of a report."""
    verdict = report.verdict
    outcome, message = verdict.outcome, _short(verdict.message)
    match verdict:
        case Passed(_, _, warnings):
            return Outcome(outcome, message, "", _all_short(warnings))
        case Differs(_, kind, _, example, reasons, warnings):
            counted = message if kind in ("columns", "types") or _is_said_to_all(verdict.message, exercise) else kind
            details = _all_short((*reasons, *warnings))
            return Outcome(outcome, message, counted, details, None, _trimmed(example, report.sql, exercise))
        case Nondeterministic(_, example):
            return Outcome(outcome, message, "not reproducible", (), None, _trimmed(example, report.sql, exercise))
        case Broken(_, location, hints):
            return Outcome(outcome, message, f"error: {message}", _all_short(hints), location)
        case Refused(_, location):
            return Outcome(outcome, message, f"refused: {message}", (), location)
        case TimedOut():
            return Outcome(outcome, message, "timeout")
        case _:
            assert_never(verdict)


def _is_said_to_all(message: str, exercise: Exercise) -> bool:
    """Whether all who make this mistake read the same words: those of a known mistake, or words without counts."""
    return _COUNT.search(message) is None or message in map(mistake, exercise.wrong)


def _short(text: str) -> str:
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…"


def _all_short(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_short, texts[:MOST_ROWS]))


def _trimmed(example: Counterexample | None, sql: str, exercise: Exercise) -> Counterexample | None:
    """The example with the columns that the answer or the reference names, and as many rows as a page shows."""
    if example is None:
        return None
    named = words(sql, exercise)
    return Counterexample(
        example.source,
        {name: _cut(rows, telling(rows, named)) for name, rows in example.tables.items()},
        _cut(example.actual),
        _cut(example.expected),
        frozenset(mark for mark in example.actual_marks if mark[0] < MOST_ROWS),
        frozenset(mark for mark in example.expected_marks if mark[0] < MOST_ROWS),
    )


def _cut(rows: Rows, columns: Sequence[int] | None = None) -> Rows:
    kept = range(len(rows.columns)) if columns is None else columns
    return Rows(
        tuple(_short(rows.columns[c]) for c in kept),
        tuple(_short(rows.types[c]) for c in kept),
        tuple(tuple(None if (cell := row[c]) is None else _short(cell) for c in kept) for row in rows.rows[:MOST_ROWS]),
        truncated=rows.truncated or len(rows.rows) > MOST_ROWS,
    )


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The outcome as programs read it."""
    place = outcome.location
    return {
        "verdict": outcome.verdict,
        "message": outcome.message,
        "mistake": outcome.mistake or None,
        "details": list(outcome.details),
        "location": None if place is None else {"line": place.line, "column": place.column, "length": place.length},
        "counterexample": example_json(outcome.example),
    }


def from_json(raw: dict[str, Any]) -> Outcome:
    """The reverse of `as_json`; ValueError, KeyError, TypeError or AttributeError when it is something else."""
    place, example = raw["location"], raw["counterexample"]
    return Outcome(
        str(raw["verdict"]),
        str(raw["message"]),
        str(raw["mistake"] or ""),
        tuple(map(str, raw["details"])),
        None if place is None else Location(int(place["line"]), int(place["column"]), int(place["length"])),
        None if example is None else _example(example),
    )


def _example(raw: dict[str, Any]) -> Counterexample:
    return Counterexample(
        str(raw["source"]),
        {str(name): _rows(rows) for name, rows in raw["tables"].items()},
        _rows(raw["actual"]),
        _rows(raw["expected"]),
        frozenset((int(row), int(column)) for row, column in raw["actual"]["marks"]),
        frozenset((int(row), int(column)) for row, column in raw["expected"]["marks"]),
    )


def _rows(raw: dict[str, Any]) -> Rows:
    rows = tuple(tuple(None if cell is None else str(cell) for cell in row) for row in raw["rows"])
    return Rows(tuple(map(str, raw["columns"])), tuple(map(str, raw["types"])), rows, truncated=bool(raw["truncated"]))
