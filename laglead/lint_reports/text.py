"""Findings for people: the place, what is wrong, and the line with carets under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.verdict import Finding
from laglead.lint_reports import Linted
from laglead.terminal import clean
from laglead.verdict_text import caret


def report(linted: Sequence[Linted]) -> str:
    """The findings by file, then how many there are."""
    lines = [line for one in linted for line in _file(one)]
    found = [finding for one in linted for finding in one.result.findings]
    files = f"{len(linted)} file{'' if len(linted) == 1 else 's'}"
    lines.append(f"{len(found) or 'no'} finding{'' if len(found) == 1 else 's'} in {files}")
    unread = sum(one.result.error is not None for one in linted)
    if unread:
        lines[-1] += f"; {unread} could not be linted"
    repairable = sum(finding.fix is not None for finding in found)
    safe = sum(finding.fix is not None and finding.fix.safe for finding in found)
    if repairable:
        lines.append(f"{safe} can be repaired with --fix, {repairable - safe} more with --unsafe-fixes")
    if found:
        lines.append("Next: laglead explain RULE")
    return "\n".join(lines)


def _file(one: Linted) -> Iterator[str]:
    problem = one.result.error
    if problem is not None:
        yield clean(f"{one.name}:{problem.line}:{problem.column}: cannot be linted: {problem.message}")
        yield from caret(one.file.text, problem.line, problem.column, 1)
    for finding in one.result.findings:
        yield from _shown(finding, one)


def _shown(finding: Finding, one: Linted) -> list[str]:
    head = f"{one.name}:{finding.line}:{finding.column}: {finding.rule} {finding.severity.value}: {finding.message}"
    lines = one.file.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line_end = len(lines[finding.line - 1]) + 1 if finding.line <= len(lines) else finding.column
    end = finding.end_column if finding.end_line == finding.line else line_end
    return [clean(head), *caret(one.file.text, finding.line, finding.column, max(1, end - finding.column))]
