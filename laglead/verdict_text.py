"""The screen after a check: the first line decides, at most 20 lines, the next step last."""

from __future__ import annotations

import re
from typing import assert_never

from checker.exercise import Exercise
from checker.verdict import (
    Broken,
    Counterexample,
    DataSource,
    Differs,
    Finding,
    Location,
    Nondeterministic,
    Passed,
    Refused,
    Report,
    Rows,
    Score,
    TimedOut,
)
from laglead import cellview
from laglead.terminal import cells, clean, paint, shorten, width

MOST_LINES = 20
# Input, yours and expected are cut together, so that none pushes another off the screen.
ROWS_SHOWN = (6, 5, 4, 3, 2, 1)
MOST_FINDINGS = 3


def screen(report: Report, exercise: Exercise, answer: str, sql: str, next_step: str) -> str:
    """The whole screen; `answer` is the file's name as shown, `sql` its text."""
    head = _head(report, exercise)
    foot = [*_findings(report.findings, answer), *next_step.splitlines()]
    room = MOST_LINES - len(foot) - 1
    body = next((body for most in ROWS_SHOWN if len(body := _body(report, answer, sql, most)) <= room), None)
    if body is None:
        body = [*_body(report, answer, sql, ROWS_SHOWN[-1])[: room - 1], "  (more: laglead check --format json)"]
    return "\n".join([head, *body, *foot])


def _head(report: Report, exercise: Exercise) -> str:
    passed = isinstance(report.verdict, Passed)
    sign = paint("✓ passed", "green") if passed else paint(f"✗ {_word(report)}", "red")
    scores = report.verdict.scores if isinstance(report.verdict, (Passed, Differs)) else ()
    parts = [f"{exercise.number} {exercise.id}", sign, *(_score(score) for score in scores)]
    return "  ".join([*parts, paint(f"{report.timing.total_ms / 1000:.1f} s", "dim")])


def _word(report: Report) -> str:
    return {"nondeterministic": "not reproducible"}.get(report.verdict.outcome, report.verdict.outcome)


def _score(score: Score) -> str:
    sign = "✓" if score.passed else "✗"
    if score.source is DataSource.LOG:
        return f"practice log {sign}"
    failing = score.total - score.agreeing
    return f"worlds {sign} ({score.total})" if score.passed else f"worlds {sign} ({failing} of {score.total})"


def _body(report: Report, answer: str, sql: str, most: int) -> list[str]:
    match report.verdict:
        case Passed(message, _, warnings):
            return [*_said(message), *(line for warning in warnings for line in _said(f"note: {warning}"))]
        case Differs(message, _, _, counterexample, reasons, warnings):
            # The example shows the rows that the reasons would name.
            told = (message,) if counterexample else (message, *reasons)
            said = [line for text in (*told, *warnings) for line in _said(text)]
            return [*said, *_example(counterexample, sql, most)]
        case Nondeterministic(message, counterexample):
            return [*_said(message), *_example(counterexample, sql, most)]
        case Broken() | Refused() | TimedOut():
            return trouble(report.verdict, answer, sql)
        case _:
            assert_never(report.verdict)


def trouble(found: Broken | Refused | TimedOut, answer: str, sql: str) -> list[str]:
    """Why a query gave no rows, with one caret where the engine points at a place."""
    match found:
        case Broken(message, location, hints):
            return [*_said(message), *_caret(sql, location, answer), *(line for h in hints for line in _said(h))]
        case Refused(message, location):
            return [*_said(message), *_caret(sql, location, answer)]
        case TimedOut(message):
            return _said(message)


def _said(text: str) -> list[str]:
    words, lines = clean(text).split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) + 1 > width() - 2:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [f"  {line}" for line in lines if line]


def _example(example: Counterexample | None, sql: str, most: int) -> list[str]:
    if example is None:
        return []
    rows = sum(len(table.rows) for table in example.tables.values())
    lines = [f"  smallest example: {rows} input row{'s' if rows != 1 else ''}"]
    for name, table in example.tables.items():
        lines.append(f"  {name}")
        lines += cellview.lines(table, columns=_telling(table, sql), most=most)
    differing = frozenset(column for _, column in example.actual_marks | example.expected_marks)
    whole_rows = len(differing) == len(example.expected.columns)
    for title, answered, marks in (
        ("yours", example.actual, example.actual_marks),
        ("expected", example.expected, example.expected_marks),
    ):
        lines.append(f"  {title}")
        first = frozenset[int]() if whole_rows else differing
        lines += cellview.lines(answered, marks=marks, first=first, most=most)
    return lines


def _telling(table: Rows, sql: str) -> list[int]:
    words = set(re.findall(r"\w+", sql.lower()))
    named = [index for index, column in enumerate(table.columns) if column.lower() in words]
    return named or list(range(len(table.columns)))


def _caret(sql: str, location: Location | None, answer: str) -> list[str]:
    if location is None:
        return []
    shown = caret(sql, location.line, location.column, location.length)
    return [f"  {answer}:{location.line}:{location.column}", *shown] if shown else []


def caret(sql: str, line: int, column: int, length: int) -> list[str]:
    """The line of `sql` with carets under the place (1-based code points), cut to the width around it."""
    lines = sql.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not 1 <= line <= len(lines):
        return []
    room = width() - 6
    start = max(0, column - 1 - room // 2) if column + length > room else 0
    before, at = lines[line - 1][start : column - 1], lines[line - 1][column - 1 : start + room][:length]
    shown = clean(lines[line - 1][start : start + room].replace("\t", " "))
    offset = cells(clean(before.replace("\t", " ")))
    return [f"    {shown}", "    " + " " * offset + "^" * max(1, cells(clean(at)))]


def _findings(findings: tuple[Finding, ...], answer: str) -> list[str]:
    lines = [
        shorten(f"  {f.rule} {clean(f.message)}", width() - 1)
        + f"\n         {answer}:{f.line}:{f.column}"
        + (shorten(f"\n         {clean(f.witness)}", width()) if f.witness else "")
        for f in findings[:MOST_FINDINGS]
    ]
    if len(findings) > MOST_FINDINGS:
        lines.append(f"  {len(findings) - MOST_FINDINGS} more: laglead lint {answer}")
    return [line for pair in lines for line in pair.split("\n")]
