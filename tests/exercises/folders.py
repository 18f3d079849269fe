"""Finds the exercise folders, so that a test runs for each of them and for each of their files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.exercise import discover

ROOT = Path(__file__).resolve().parents[2] / "exercises"
FOLDERS = tuple(sorted(path.parent for path in ROOT.glob("*/*/exercise.md")))
TRACKS = tuple(sorted({folder.parent for folder in FOLDERS}))
THRESHOLDS = sorted({threshold for exercise in discover(ROOT) for threshold in exercise.thresholds})
_BLOCK = re.compile(r"^```sql\n(?P<sql>.*?)^```\n(?:\n(?P<table>(?:\|[^\n]*\n)+))?", re.MULTILINE | re.DOTALL)


def named(paths: tuple[Path, ...], parts: int) -> list[object]:
    """The paths as parameters, named by their last parts."""
    return [pytest.param(path, id="/".join((*path.parts[-parts:-1], path.stem))) for path in paths]


def answers(kind: str) -> tuple[Path, ...]:
    """The answers of all exercises in `right` or `wrong`."""
    return tuple(path for folder in FOLDERS for path in sorted((folder / kind).glob("*.sql")))


def examples(page: Path) -> Iterator[tuple[str, list[list[str]] | None]]:
    """The SQL blocks of a page, each with the table printed below it (names first) or None."""
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8") + "\n"):
        table = found["table"]
        yield found["sql"], None if table is None else table_rows(table)


def table_rows(text: str) -> list[list[str]]:
    """The cells of a markdown table: names first, then rows."""
    lines = [line.strip().strip("|").split("|") for line in text.strip().splitlines()]
    cells = [[cell.strip() for cell in line] for line in lines]
    return [row for row in cells if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
