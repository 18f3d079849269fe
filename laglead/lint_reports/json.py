"""Findings for programs: one JSON object, with the edits that repair them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from checker.verdict import Finding
from laglead.lint_reports import Linted
from laglead.verdict_json import finding_json


def report(linted: Sequence[Linted]) -> str:
    """`files`, each with its `error` or its `findings`; offsets of edits are code points from 0."""
    return json.dumps({"files": [_file(one) for one in linted]}, ensure_ascii=True)


def _file(one: Linted) -> dict[str, Any]:
    problem = one.result.error
    error = problem and {"message": problem.message, "line": problem.line, "column": problem.column}
    return {"file": one.name, "error": error, "findings": [_finding(finding) for finding in one.result.findings]}


def _finding(finding: Finding) -> dict[str, Any]:
    fix = finding.fix
    edits = [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in fix.edits] if fix else []
    return finding_json(finding) | {"fix": {"safe": fix.safe, "edits": edits} if fix is not None else None}
