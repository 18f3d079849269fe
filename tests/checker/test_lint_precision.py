"""Lint is never wrong about a right answer: references and right answers have no error or warning."""

from __future__ import annotations

from pathlib import Path

import pytest
from profiles import PROFILE

from checker.lint import lint
from checker.verdict import Severity

EXERCISES = Path(__file__).parents[2] / "exercises"
RIGHT = sorted([*EXERCISES.glob("*/*/reference.sql"), *EXERCISES.glob("*/*/right/*.sql")])


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: str(path.relative_to(EXERCISES)))
def test_a_right_answer_lints_clean(path: Path) -> None:
    result = lint(path.read_text(encoding="utf-8"), PROFILE)
    assert result.error is None
    assert [f for f in result.findings if f.severity is not Severity.INFO] == []
