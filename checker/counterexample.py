"""Finds the smallest input on which an answer differs and confirms it in a fresh, isolated database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from checker.compare import Residue, marks, residue
from checker.contract import Contract
from checker.exercise import Exercise
from checker.query_run import QueryRun
from checker.reference import Reference
from checker.result import ResultRow
from checker.verdict import Counterexample, Rows

MOST_TRIED = 6
MOST_INPUT_ROWS = 60
MOST_ENTITIES = 3
ENTITY_COLUMNS = ("message_id", "conversation_id", "user_id")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A difference seen in isolation: the rows on both sides, what is left of them, and the order's falls."""

    condition: dict[str, Any]
    actual: list[ResultRow]
    expected: list[ResultRow]
    left: Residue
    falls: int


@dataclass(frozen=True, slots=True)
class Sides:
    """The two queries that are compared, under one contract."""

    answer: QueryRun
    reference: Reference
    contract: Contract
    exercise: Exercise
    tables: tuple[str, ...]


def confirm(sides: Sides, conditions: Iterable[dict[str, Any]]) -> Confirmed | None:
    """The first of these inputs on which the answer differs in isolation; at most a few are tried."""
    for condition in list(conditions)[:MOST_TRIED]:
        expected = sides.reference.in_one(condition)
        if expected is None:
            continue
        actual, falls = sides.answer.in_one(condition, sides.tables)
        left = residue(actual, expected, sides.contract.types, sides.exercise.tolerance)
        if left or falls:
            return Confirmed(condition, actual, expected, left, falls)
    return None


def confirm_instability(sides: Sides, pairs: Sequence[tuple[int, int]]) -> Confirmed | None:
    """The first world whose two row orders give two answers in isolation; `expected` holds the second answer."""
    for first, second in pairs[:MOST_TRIED]:
        one, _ = sides.answer.in_one({"world": first}, sides.tables)
        other, _ = sides.answer.in_one({"world": second}, sides.tables)
        left = residue(one, other, sides.contract.types, sides.exercise.tolerance)
        if left:
            return Confirmed({"world": first}, one, other, left, 0)
    return None


def entities(rows: Iterable[ResultRow], exercise: Exercise) -> list[dict[str, Any]]:
    """Conditions that cut the log down to one message, conversation or user that differs."""
    names = [column.name for column in exercise.output]
    found: list[dict[str, Any]] = []
    for column in ENTITY_COLUMNS:
        if column in names:
            values = dict.fromkeys(row.shown[names.index(column)] for row in rows)
            conditions = [{"column": column, "value": value} for value in values if value is not None]
            found += conditions[:MOST_ENTITIES]
    return found


def show(confirmed: Confirmed, sides: Sides, source: str) -> Counterexample:
    """The confirmed difference as input tables, the answer's rows and the expected rows, with marks."""
    types, tolerance = sides.contract.types, sides.exercise.tolerance
    mine, theirs, _ = marks(confirmed.actual, confirmed.expected, confirmed.left, types, tolerance)
    return Counterexample(
        source=source,
        tables=sides.reference.inputs(confirmed.condition, MOST_INPUT_ROWS),
        actual=as_rows(confirmed.actual, sides.contract),
        expected=as_rows(confirmed.expected, sides.contract),
        actual_marks=mine,
        expected_marks=theirs,
    )


def as_rows(rows: Sequence[ResultRow], contract: Contract, most: int = MOST_INPUT_ROWS) -> Rows:
    """Result rows in the contract's column order."""
    return Rows(
        columns=tuple(column.name for column in contract.columns),
        types=tuple(column.type for column in contract.columns),
        rows=tuple(row.shown for row in rows[:most]),
        truncated=len(rows) > most,
    )
