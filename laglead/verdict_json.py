"""A report as the JSON object that programs read."""

from __future__ import annotations

from typing import Any

from checker.verdict import (
    Broken,
    Counterexample,
    Differs,
    Finding,
    Location,
    Nondeterministic,
    Passed,
    Refused,
    Report,
    Rows,
    Score,
)


def report_json(report: Report) -> dict[str, Any]:
    """The fields of `check --format json`."""
    verdict = report.verdict
    located = verdict.location if isinstance(verdict, (Broken, Refused)) else None
    shown = verdict.counterexample if isinstance(verdict, (Differs, Nondeterministic)) else None
    scores = verdict.scores if isinstance(verdict, (Passed, Differs)) else ()
    return {
        "exercise": report.exercise_id,
        "verdict": verdict.outcome,
        "message": verdict.message,
        "kind": verdict.kind if isinstance(verdict, Differs) else None,
        "reasons": list(verdict.reasons) if isinstance(verdict, Differs) else [],
        "warnings": list(verdict.warnings) if isinstance(verdict, (Passed, Differs)) else [],
        "hints": list(verdict.hints) if isinstance(verdict, Broken) else [],
        "scores": [_score(score) for score in scores],
        "location": _location(located),
        "findings": [finding_json(finding) for finding in report.findings],
        "counterexample": example_json(shown),
        "timing_ms": {"total": round(report.timing.total_ms, 1)}
        | {stage: round(ms, 1) for stage, ms in report.timing.stages_ms.items()},
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding."""
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "confirmed": finding.confirmed.value,
        "witness": finding.witness or None,
    }


def rows_json(rows: Rows) -> dict[str, Any]:
    """A small table: cells are text, null is NULL."""
    return {
        "columns": list(rows.columns),
        "types": list(rows.types),
        "rows": [list(row) for row in rows.rows],
        "truncated": rows.truncated,
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "source": score.source.value,
        "passed": score.passed,
        "agreeing": score.agreeing,
        "total": score.total,
        "dropped": score.dropped,
    }


def _location(location: Location | None) -> dict[str, int] | None:
    if location is None:
        return None
    return {"line": location.line, "column": location.column, "length": location.length}


def example_json(example: Counterexample | None) -> dict[str, Any] | None:
    """A counterexample: its input tables, and both results with the (row, column) cells that differ."""
    if example is None:
        return None
    return {
        "source": example.source,
        "tables": {name: rows_json(rows) for name, rows in example.tables.items()},
        "actual": rows_json(example.actual) | {"marks": sorted(map(list, example.actual_marks))},
        "expected": rows_json(example.expected) | {"marks": sorted(map(list, example.expected_marks))},
    }
