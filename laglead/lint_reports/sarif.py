"""Findings as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from checker.rule import Rule, explain, rules
from checker.sql_source import SourceText
from checker.verdict import Edit, Finding, Severity
from laglead import __version__
from laglead.lint_reports import Linted

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def report(linted: Sequence[Linted]) -> str:
    """One run; columns are code points, a file that cannot be parsed is a notification of the tool."""
    known = [rule for rule in rules() if any(f.rule == rule.id for one in linted for f in one.result.findings)]
    driver = {"name": "laglead", "version": __version__, "rules": [_rule(rule) for rule in known]}
    numbers = {rule.id: number for number, rule in enumerate(known)}
    results = [_result(one, finding, numbers) for one in linted for finding in one.result.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    run["invocations"] = [_invocation(linted)]
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=True)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.page, "markdown": explain(rule.id)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(one: Linted, finding: Finding, numbers: dict[str, int]) -> dict[str, Any]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(one, region)],
    }
    if finding.rule in numbers:
        result["ruleIndex"] = numbers[finding.rule]
    if finding.fix is not None:
        changes = [_replacement(one, edit) for edit in finding.fix.edits]
        artifact = _location(one, region)["physicalLocation"]["artifactLocation"]
        result["fixes"] = [{"artifactChanges": [{"artifactLocation": artifact, "replacements": changes}]}]
    return result


def _location(one: Linted, region: dict[str, int]) -> dict[str, Any]:
    artifact = {"uri": quote(one.name)}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _replacement(one: Linted, edit: Edit) -> dict[str, Any]:
    source = SourceText(one.file.text)
    line, column = source.position(edit.span.start)
    end_line, end_column = source.position(edit.span.end)
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}


def _invocation(linted: Sequence[Linted]) -> dict[str, Any]:
    problems = [(one, one.result.error) for one in linted if one.result.error is not None]
    notifications = [
        {
            "level": "error",
            "message": {"text": f"cannot be linted: {problem.message}"},
            "locations": [_location(one, {"startLine": problem.line, "startColumn": problem.column})],
        }
        for one, problem in problems
    ]
    return {"executionSuccessful": not problems, "toolExecutionNotifications": notifications}
