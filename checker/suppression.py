"""Findings that the author allows on purpose: `-- allow: rule_name (reason)` on a finding's line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from checker.rule import UnknownRule, find
from checker.sql_source import SourceText
from checker.verdict import Finding, Severity, Span

_ALLOW = re.compile(r"^allow:\s*(?P<rule>\w+)\s*(?:\((?P<reason>.*\S.*)\))?\s*$", re.IGNORECASE)
_STARTS = re.compile(r"^allow:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One allowance: the rule's name as written and the line it is on."""

    rule: str
    reason: str
    line: int
    span: Span

    def covers(self, finding: Finding) -> bool:
        named = self.rule.lower() in (finding.name, finding.rule.lower())
        return named and finding.line <= self.line <= finding.end_line


def suppressions(source: SourceText) -> list[Suppression]:
    """The allowances in the comments of a text."""
    found: list[Suppression] = []
    if "allow:" not in source.text.lower():
        return found
    for comment in source.comments():
        match = _ALLOW.match(comment.text)
        if match is not None or _STARTS.match(comment.text):
            rule = match["rule"] if match is not None else comment.text.partition(":")[2].strip()
            reason = (match["reason"] or "") if match is not None else ""
            found.append(Suppression(rule, reason, comment.line, comment.span))
    return found


def apply(findings: Iterable[Finding], source: SourceText, active: frozenset[str]) -> list[Finding]:
    """The findings that are not allowed, and what is wrong with the allowances; `active` are the ids that ran."""
    findings = list(findings)
    allowed = suppressions(source)
    kept = [finding for finding in findings if not any(s.covers(finding) for s in allowed)]
    for suppression in allowed:
        used = any(suppression.covers(finding) for finding in findings)
        problem = _problem(suppression, used=used, active=active)
        if problem is not None:
            kept.append(_finding(suppression, source, *problem))
    return kept


def _problem(suppression: Suppression, *, used: bool, active: frozenset[str]) -> tuple[str, str, str] | None:
    try:
        rule = find(suppression.rule)
    except UnknownRule as error:
        return "SUP002", "unknown_suppression", str(error)
    if rule.id not in active:
        return None
    if not used:
        return "SUP001", "unused_suppression", f"{rule.name} finds nothing on this line: remove the comment"
    if not suppression.reason:
        return "SUP003", "suppression_without_reason", f"say why: -- allow: {rule.name} (reason)"
    return None


def _finding(suppression: Suppression, source: SourceText, rule: str, name: str, message: str) -> Finding:
    line, column = source.position(suppression.span.start)
    end_line, end_column = source.position(suppression.span.end)
    return Finding(rule, name, Severity.INFO, message, line, column, end_line, end_column)
