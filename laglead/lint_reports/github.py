"""Findings as annotations of a GitHub pull request: one workflow command a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.verdict import Finding, Severity
from laglead.lint_reports import Linted

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(linted: Sequence[Linted]) -> str:
    """One `::error file=...::message` for each finding."""
    return "\n".join(line for one in linted for line in _file(one))


def _file(one: Linted) -> Iterator[str]:
    problem = one.result.error
    if problem is not None:
        place = f"file={_property(one.name)},line={problem.line},col={problem.column}"
        yield f"::error {place},title=cannot be linted::{_message(problem.message)}"
    for finding in one.result.findings:
        yield _annotation(one, finding)


def _annotation(one: Linted, finding: Finding) -> str:
    places = {"line": finding.line, "col": finding.column, "endLine": finding.end_line, "endColumn": finding.end_column}
    where = ",".join(f"{key}={value}" for key, value in places.items())
    title = _property(f"{finding.rule} {finding.name}")
    return (
        f"::{_LEVELS[finding.severity]} file={_property(one.name)},{where},title={title}::{_message(finding.message)}"
    )


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
