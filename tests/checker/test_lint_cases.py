"""Tricky statements, one file each: `-- expect: RULE line:column` says what is found, no such line says nothing is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from profiles import PROFILE

from checker.lint import lint

CASES = Path(__file__).parent / "rules" / "cases"
EXPECT = re.compile(r"^-- expect: (\w+) (\d+):(\d+)$", re.MULTILINE)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.sql")), ids=lambda path: path.stem)
def test_a_statement_has_exactly_the_findings_its_file_expects(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    result = lint(sql, PROFILE)
    assert result.error is None
    found = sorted((f.rule, f.line, f.column) for f in result.findings)
    assert found == sorted((rule, int(line), int(column)) for rule, line, column in EXPECT.findall(sql))
