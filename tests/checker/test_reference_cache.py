"""Results of references are kept by content: whatever they depend on makes another entry."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from checker import canonical, process
from checker.dataset import Dataset
from checker.exercise import Exercise, Order
from checker.limits import Limits
from checker.reference import Reference
from checker.verdict import Passed, Verdict

Make = Callable[..., Exercise]
Judge = Callable[..., Verdict]
PARTS_OF_THE_KEY: dict[str, Callable[[Exercise, Dataset], tuple[Exercise, Dataset]]] = {
    "output types": lambda e, d: (replace(e, output=tuple(replace(c, type="HUGEINT") for c in e.output)), d),
    "unordered lists": lambda e, d: (replace(e, output=tuple(replace(c, unordered=True) for c in e.output)), d),
    "order": lambda e, d: (replace(e, order=Order((("n", True),))), d),
    "tolerance": lambda e, d: (replace(e, tolerance=replace(e.tolerance, relative=0.5)), d),
    "worlds": lambda e, d: (replace(e, thresholds=("30 seconds",)), d),
    "tables": lambda e, d: (replace(e, tables=("users",)), d),
    "data": lambda e, d: (e, replace(d, digest="another")),
}


@pytest.mark.parametrize("part", PARTS_OF_THE_KEY)
def test_a_cached_result_is_not_taken_for_another(
    make_exercise: Make, dataset: Dataset, tmp_path: Path, part: str
) -> None:
    exercise = make_exercise("SELECT 7::BIGINT AS n", {"n": "BIGINT"})
    before, after = (
        _entry(*pair, tmp_path) for pair in ((exercise, dataset), PARTS_OF_THE_KEY[part](exercise, dataset))
    )
    assert before != after


def test_a_cached_result_is_not_taken_for_another_file_engine_or_form(
    make_exercise: Make, dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = make_exercise("SELECT 7::BIGINT AS n", {"n": "BIGINT"})
    copied = tmp_path / "copied.duckdb"
    shutil.copy(dataset.native, copied)
    entries = [_entry(exercise, dataset, tmp_path), _entry(exercise, replace(dataset, native=copied), tmp_path)]
    os.utime(copied, ns=(1, 1))
    entries.append(_entry(exercise, replace(dataset, native=copied), tmp_path))
    monkeypatch.setattr(process, "engine_version", lambda: "9.9.9")
    entries.append(_entry(exercise, dataset, tmp_path))
    monkeypatch.setattr(canonical, "VERSION", -1)
    entries.append(_entry(exercise, dataset, tmp_path))
    exercise.reference.write_text("SELECT 7::BIGINT AS n -- changed")
    entries.append(_entry(exercise, dataset, tmp_path))
    assert len(set(entries)) == len(entries)


def _entry(exercise: Exercise, dataset: Dataset, cache: Path) -> Path:
    """The file in which the reference's result is kept."""
    with Reference(exercise, exercise.reference, dataset, limits=Limits(), cache=cache) as reference:
        reference.expected()
    return max(cache.glob("*.json"), key=lambda file: file.stat().st_mtime_ns)


def test_a_result_kept_in_memory_is_read_again_when_its_file_changes(
    make_exercise: Make, verdict_of: Judge, tmp_path: Path
) -> None:
    exercise, cache = make_exercise("SELECT 1 AS n", {"n": "INTEGER"}), tmp_path / "cache"
    assert isinstance(verdict_of(exercise, "SELECT 1 AS n", cache=cache), Passed)
    (file,) = cache.iterdir()
    kept = json.loads(file.read_text())
    file.write_text(json.dumps({**kept, "log": [[0, 5, "1", "2"]]}))
    again = verdict_of(exercise, "SELECT 1 AS n", cache=cache)
    assert isinstance(again, Passed)
    assert again.scores[0].total == 5


def test_the_engine_s_version_is_known_without_the_engine() -> None:
    assert process.engine_version() == duckdb.__version__
