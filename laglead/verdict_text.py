"""The screen after a check: the first line decides, at most 20 lines, the next step last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.exercise import Exercise
from checker.verdict import (
    Broken,
    DataSource,
    Differs,
    Finding,
    Location,
    Nondeterministic,
    Passed,
    Refused,
    Report,
    Score,
    TimedOut,
)
from laglead.example_text import Difference, Form, forms
from laglead.terminal import cells, clean, paint, plainly, shorten, width, wrapped

MOST_LINES = 20
MOST_FINDINGS = 3


def screen(
    report: Report, exercise: Exercise, answer: str, sql: str, next_step: str, *, log: str = "practice log"
) -> str:
    """The whole screen; `answer` is the file's name as shown, `sql` its text, `log` what the log is called."""
    head = _head(report, exercise, log)
    foot = [*_findings(report.findings, answer), *next_step.splitlines()]
    room = MOST_LINES - len(foot) - 1
    bodies = list(_bodies(report, exercise, answer, sql))
    fitting = [form for form in bodies if len(form.lines) <= room]
    body = min(fitting, key=lambda form: form.hidden).lines if fitting else _cut(bodies[-1].lines, room)
    return "\n".join([head, *body, *foot])


def _cut(lines: list[str], room: int) -> list[str]:
    return [*lines[: room - 1], "  (more: laglead check --format json)"]


def _head(report: Report, exercise: Exercise, log: str) -> str:
    passed = isinstance(report.verdict, Passed)
    sign = paint("✓ passed", "green") if passed else paint(f"✗ {_word(report)}", "red")
    scores = report.verdict.scores if isinstance(report.verdict, (Passed, Differs)) else ()
    told = "  ".join([sign, *(_score(score, log) for score in scores)])
    took = f"  {report.timing.total_ms / 1000:.1f} s"
    name = f"{exercise.number} {exercise.id}"
    room = width() - cells(plainly(told)) - 2
    return f"{shorten(name, room)}  {told}" + (paint(took, "dim") if cells(name + took) <= room else "")


def _word(report: Report) -> str:
    return {"nondeterministic": "not reproducible"}.get(report.verdict.outcome, report.verdict.outcome)


def _score(score: Score, log: str) -> str:
    sign = "✓" if score.passed else "✗"
    if score.source is DataSource.LOG:
        return f"{log} {sign}"
    failing = score.total - score.agreeing
    return (
        f"worlds {sign} (all {score.total})" if score.passed else f"worlds {sign} ({failing} of {score.total} differ)"
    )


def _bodies(report: Report, exercise: Exercise, answer: str, sql: str) -> Iterator[Form]:
    """What stands below the first line, the fullest form first."""
    match report.verdict:
        case Passed(message, _, warnings):
            notes = [line for warning in warnings for line in _said(f"note: {warning}")]
            yield Form([*_said(message), *notes], 0)
        case Differs(message, _, _, None, reasons, warnings):
            yield Form([line for text in (message, *reasons, *warnings) for line in _said(text)], 0)
        case Differs(message, kind, _, example, _, warnings) if example is not None:
            # The example shows the rows that the reasons would name.
            said = [line for text in (message, *warnings) for line in _said(text)]
            for form in forms(example, exercise, sql, Difference.ORDER if kind == "order" else Difference.ROWS):
                yield Form([*said, *form.lines], form.hidden)
        case Nondeterministic(message, None):
            yield Form(_said(message), 0)
        case Nondeterministic(message, example) if example is not None:
            for form in forms(example, exercise, sql, Difference.STORAGE):
                yield Form([*_said(message), *form.lines], form.hidden)
        case Broken() | Refused() | TimedOut():
            yield Form(trouble(report.verdict, answer, sql), 0)


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
    return [f"  {line}" for line in wrapped(clean(text), width() - 2)]


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
    """Each rule once, with all the places where it says the same."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.rule, finding.message), []).append(finding)
    lines = [line for group in list(alike.values())[:MOST_FINDINGS] for line in _finding(group, answer)]
    if len(alike) > MOST_FINDINGS:
        lines.append(f"  {len(alike) - MOST_FINDINGS} more: laglead lint {answer}")
    return lines


def _finding(group: Sequence[Finding], answer: str) -> list[str]:
    """The rule and its message in three lines at most, where it is, and a row that shows it."""
    indent = " " * 9
    said = wrapped(f"{group[0].rule} {clean(group[0].message)}", width() - 2, hanging=indent[2:])
    said = said if len(said) <= 3 else [*said[:2], shorten(f"{said[2]} ...", width() - 3)]
    places = ", ".join(f"{finding.line}:{finding.column}" for finding in group)
    where = f"{answer}:{places}"
    fits = cells(said[-1]) + cells(where) + 4 < width()
    said = [*said[:-1], f"{said[-1]}  {where}"] if fits else [*said, shorten(f"{indent[2:]}{where}", width() - 3)]
    witness = next((shorten(f"{indent}{clean(one.witness)}", width() - 1) for one in group if one.witness), "")
    return [*(f"  {line}" for line in said), *([witness] if witness else [])]
