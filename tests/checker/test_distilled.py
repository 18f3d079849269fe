"""Distilled worlds tell what all worlds tell, are few, and say when they are old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import distilled
from checker.dataset import Dataset
from checker.errors import ExerciseError
from checker.exercise import Exercise
from checker.proof import Bucket, Proof, prove

SQL = "SELECT user_id, count(*)::INTEGER AS n FROM turns WHERE seconds > 0.2 AND user_id IS NOT NULL GROUP BY user_id"


@pytest.fixture
def proof(make_exercise: Callable[..., Exercise], dataset: Dataset) -> Proof:
    exercise = replace(make_exercise(SQL, {"user_id": "VARCHAR", "n": "INTEGER"}), tables=("turns",))
    return prove(exercise, dataset)


@given(st.dictionaries(st.text(max_size=3), st.frozensets(st.integers(0, 20), max_size=8), max_size=12))
def test_every_mutant_that_a_world_tells_is_told_by_a_chosen_one(told: dict[str, frozenset[int]]) -> None:
    chosen = distilled.cover(told)
    assert len(set(chosen)) == len(chosen) <= len(told)
    assert all(worlds & set(chosen) for worlds in told.values() if worlds)


def test_one_world_that_tells_all_is_enough() -> None:
    assert distilled.cover({"a": frozenset({1, 7}), "b": frozenset({2, 7}), "c": frozenset({7, 9})}) == (7,)


def test_what_is_kept_holds_until_the_proof_comes_out_otherwise(proof: Proof, tmp_path: Path) -> None:
    assert distilled.stale(tmp_path, proof, 1) is None
    found = distilled.distil(proof, 1)
    distilled.write(tmp_path, found)
    assert distilled.read(tmp_path) == found
    assert 0 < len(found.worlds) <= found.told <= proof.count(Bucket.KILLED)
    assert distilled.stale(tmp_path, proof, 1) is None
    shorter = replace(proof, judged=proof.judged[1:])
    assert "author distill" in str(distilled.stale(tmp_path, shorter, 1))
    assert distilled.stale(tmp_path, shorter, 2) is None


def test_a_damaged_file_is_named_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / distilled.FILE).write_text('{"seed": 1}')
    with pytest.raises(ExerciseError, match="author distill"):
        distilled.read(tmp_path)
