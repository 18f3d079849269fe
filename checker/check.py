"""Checks one answer: the only composer of reading, running, judging and linting.

This process never imports the engine and never parses the answer; both happen in children.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checker import answer, counterexample, judgement, lint_child, translation_child
from checker.catalog import MANIFEST
from checker.contract import Mismatch, match_columns
from checker.dataset import Dataset
from checker.errors import DatasetCorrupt
from checker.exercise import Exercise
from checker.later import later
from checker.limits import Limits
from checker.lint_child import Lint
from checker.query_run import QueryRun, QueryStopped
from checker.reference import Reference
from checker.result import Failure
from checker.sides import Sides
from checker.verdict import (
    Broken,
    Differs,
    Finding,
    Nondeterministic,
    Passed,
    Refused,
    Report,
    Rows,
    TimedOut,
    Timing,
    Verdict,
)

if TYPE_CHECKING:
    from checker import deep as deeper
    from checker import witness
    from checker.deep import Progress
else:
    deeper, witness = later("checker.deep"), later("checker.witness")

LINT_SECONDS = 3.0
MOST_INPUT_ROWS = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query, as `laglead run` shows them."""

    rows: Rows


def check(
    exercise: Exercise,
    answer_path: Path,
    dataset: Dataset,
    *,
    limits: Limits | None = None,
    cache: Path | None = None,
    lint: bool = True,
    deep: Progress | None = None,
) -> Report:
    """Judge the answer in `answer_path`; AnswerMissing, DatasetError, ExerciseError or RunnerError when it cannot.

    A right answer is run on the log again, with other threads and orders of rows, when `deep` wants to
    hear how far that is.
    """
    started = time.perf_counter()
    bounds = limits or Limits()
    sql = answer.read(answer_path)
    if isinstance(sql, Refused):
        return _report(exercise, "", sql, (), started, {})
    text = translation_child.in_duckdb(sql)
    if isinstance(text, Refused):
        return _report(exercise, sql, text, (), started, {})
    under_way = lint_child.start(text.sql, dataset.folder / MANIFEST, exercise.lint_allowed) if lint else None
    try:
        verdict = _verdict(exercise, text.sql, dataset, bounds, cache, deep)
        judged = time.perf_counter()
        findings = _findings(under_way, verdict, min(LINT_SECONDS, bounds.hard_seconds - judged + started))
        findings = _witnessed(findings, verdict, text.sql, dataset, bounds)
    finally:
        if under_way is not None:
            under_way.stop()
    verdict, findings = text.told(verdict), text.found(findings)
    return _report(exercise, sql, verdict, findings, started, {"judge": 1000 * (judged - started)}, text.sql)


def _report(
    exercise: Exercise,
    sql: str,
    verdict: Verdict,
    findings: tuple[Finding, ...],
    started: float,
    stages: dict[str, float],
    judged: str = "",
) -> Report:
    total = 1000 * (time.perf_counter() - started)
    return Report(exercise.id, verdict, findings, Timing(total, stages), sql, judged or sql)


def _findings(under_way: Lint | None, verdict: Verdict, seconds: float) -> tuple[Finding, ...]:
    if under_way is None or isinstance(verdict, Refused | TimedOut):
        return ()
    return under_way.collect(seconds)


def _witnessed(
    findings: tuple[Finding, ...], verdict: Verdict, sql: str, dataset: Dataset, limits: Limits
) -> tuple[Finding, ...]:
    """The findings with rows that prove them; an answer that ran to its end, and gives one result, can show some."""
    if not findings:
        return ()
    if isinstance(verdict, Nondeterministic):
        return witness.of_chance(findings)
    if isinstance(verdict, Broken) and verdict.location is not None:
        return witness.of_error(findings, verdict.location.line)
    if not isinstance(verdict, Passed | Differs):
        return findings

    def rows(query: str) -> Rows | None:
        shown = run_query(query, dataset, limits=limits)
        return shown.rows if isinstance(shown, Answer) else None

    return witness.witnessed(findings, sql, rows)


def _verdict(
    exercise: Exercise, sql: str, dataset: Dataset, limits: Limits, cache: Path | None, deep: Progress | None
) -> Verdict:
    with ExitStack() as stack:
        run = stack.enter_context(QueryRun(limits))
        readings = [
            stack.enter_context(Reference(exercise, path, dataset, limits=limits, cache=cache))
            for path in (exercise.reference, *(exercise.folder / name for name in exercise.accepts))
        ]
        try:
            return _judged(exercise, sql, dataset, limits, run, readings, deep)
        except QueryStopped as stopped:
            return as_verdict(stopped.failure, sql, dataset, limits)


def _judged(
    exercise: Exercise,
    sql: str,
    dataset: Dataset,
    limits: Limits,
    run: QueryRun,
    readings: list[Reference],
    deep: Progress | None,
) -> Verdict:
    run.open(dataset, sql)
    contract = match_columns(exercise.output, run.columns, names_fixed=exercise.names_fixed)
    if isinstance(contract, Mismatch):
        return Differs(contract.message, contract.kind, (), None, contract.reasons)
    run.expect(contract, exercise)
    sides = Sides(run, readings[0], contract, exercise, dataset.catalog, sql)
    try:
        verdict = judgement.decide(readings, sides, limits.soft_seconds)
    except QueryStopped as stopped:
        return _stopped(stopped, sides, dataset, limits)
    if deep is None or not isinstance(verdict, Passed):
        return verdict
    return deeper.verdict(verdict, sides, dataset, limits, deep)


def _stopped(stopped: QueryStopped, sides: Sides, dataset: Dataset, limits: Limits) -> Verdict:
    """Why the answer stopped; where it was an error on a small database, the rows that make it raise one."""
    verdict = as_verdict(stopped.failure, sides.sql, dataset, limits)
    if not isinstance(verdict, Broken) or stopped.world is None:
        return verdict
    inputs = sides.reference.inputs("worlds", counterexample.raising(sides, stopped.world), MOST_INPUT_ROWS)
    rows = [
        f"{name}: {' | '.join(_cell(cell) for cell in row)}"[:300]
        for name, table in inputs.items()
        for row in table.rows
    ]
    hints = (*verdict.hints, "it fails on these rows:", *rows[:MOST_INPUT_ROWS]) if rows else verdict.hints
    return Broken(verdict.message, verdict.location, hints)


def _cell(cell: str | None) -> str:
    return "NULL" if cell is None else cell or "''"


def as_verdict(failure: Failure, sql: str, dataset: Dataset, limits: Limits) -> Broken | Refused | TimedOut:
    """Why a query gave no rows, in words; DatasetCorrupt where that is not the query's doing."""
    if failure.kind == "dataset":
        raise DatasetCorrupt(dataset.native, f"the prepared database cannot be opened ({failure.message[:200]})")
    from checker import engine_error  # noqa: PLC0415 - most answers run

    return engine_error.stopped(failure, sql, limits, dataset.catalog.tables)


def run_query(sql: str, dataset: Dataset, *, limits: Limits | None = None) -> Answer | Broken | Refused | TimedOut:
    """Run one query in the sandbox and return its first `limits.rows_shown` rows as SQL text, or why it did not run."""
    bounds = limits or Limits()
    text = answer.from_bytes(sql.encode(errors="surrogatepass"))
    translation = text if isinstance(text, Refused) else translation_child.in_duckdb(text)
    if isinstance(translation, Refused):
        return translation
    with QueryRun(bounds) as run:
        try:
            run.open(dataset, translation.sql, pivot_allowed=True)
            return Answer(run.shown(bounds.rows_shown))
        except QueryStopped as stopped:
            return translation.told(as_verdict(stopped.failure, translation.sql, dataset, bounds))
