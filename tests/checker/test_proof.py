"""The proof puts every mutant into one bucket, remembers what it judged, and lets no waiver grow old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from checker import equivalences
from checker.dataset import Dataset
from checker.errors import ExerciseError
from checker.exercise import Exercise
from checker.proof import Bucket, Proof, prove
from checker.trial import Trial

SQL = """
SELECT user_id, count(*)::INTEGER AS n
FROM turns
WHERE seconds > 0.2 AND user_id IS NOT NULL
GROUP BY user_id
"""
COLUMNS = {"user_id": "VARCHAR", "n": "INTEGER"}


@pytest.fixture
def proved(make_exercise: Callable[..., Exercise], dataset: Dataset, tmp_path: Path) -> Callable[..., Proof]:
    def run(sql: str = SQL, columns: dict[str, str] = COLUMNS, waived: str | None = None) -> Proof:
        exercise = replace(make_exercise(sql, columns), tables=("turns",))
        if waived is not None:
            (exercise.folder / "waived.toml").write_text(waived)
        return prove(exercise, dataset, cache=tmp_path / "kept")

    return run


def fate(found: Proof, operator: str) -> set[Bucket]:
    return {judged.bucket for judged in found.judged if judged.mutant.operator.id == operator}


def waiver(found: Proof, operator: str, seal: str | None = None) -> str:
    alive = next(judged for judged in found.of(Bucket.ALIVE) if judged.mutant.operator.id == operator)
    seal = seal or alive.why.rpartition(" ")[2]
    text = '[[waiver]]\nmutant = "{}"\nreason = "no world is there"\nauthor = "A. Author"\nseal = "{}"\n'
    return text.format(alive.mutant.id, seal)


def test_every_mutant_falls_into_one_of_the_buckets(proved: Callable[..., Proof]) -> None:
    found = proved()
    assert fate(found, "P04") == {Bucket.KILLED}  # without WHERE
    assert fate(found, "C03") == {Bucket.EQUIVALENT}  # without the cast
    assert fate(found, "P01") == {Bucket.ALIVE}  # no user of a world has exactly 0.2
    assert sum(found.count(bucket) for bucket in Bucket) == len(found.judged) > 10
    assert not found.problems


def test_what_was_killed_names_the_world_and_what_it_shows(proved: Callable[..., Proof]) -> None:
    killed = [judged for judged in proved().of(Bucket.KILLED) if judged.mutant.operator.id == "P04"]
    assert killed[0].world in killed[0].worlds
    assert "rows" in killed[0].why


def test_what_does_not_bind_is_counted_with_its_reason(proved: Callable[..., Proof]) -> None:
    found = proved("SELECT max(risk) AS risk FROM labels GROUP BY user_id", {"risk": "VARCHAR"})
    invalid = list(found.of(Bucket.INVALID))
    assert all(judged.why for judged in invalid)
    assert found.count(Bucket.INVALID) + found.count(Bucket.KILLED) < len(found.judged) + 1


def test_a_second_proof_runs_nothing(proved: Callable[..., Proof], monkeypatch: pytest.MonkeyPatch) -> None:
    first = proved()
    monkeypatch.setattr(Trial, "run", lambda *_: pytest.fail("judged again"))
    again = proved()
    assert [(j.mutant.id, j.bucket, j.why) for j in first.judged] == [
        (j.mutant.id, j.bucket, j.why) for j in again.judged
    ]


def test_a_changed_contract_is_proved_again(proved: Callable[..., Proof], monkeypatch: pytest.MonkeyPatch) -> None:
    proved()
    monkeypatch.setattr(Trial, "run", lambda *_: pytest.fail("judged again"))
    with pytest.raises(pytest.fail.Exception):
        proved(columns={"user_id": "VARCHAR", "n": "BIGINT"})


def test_a_waiver_holds_while_its_seal_does(proved: Callable[..., Proof], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.waiver.CAP", 1.0)
    first = proved()
    alive = next(first.of(Bucket.ALIVE)).mutant
    found = proved(waived=waiver(first, alive.operator.id))
    assert [judged.mutant.id for judged in found.of(Bucket.WAIVED)] == [alive.id]
    assert not found.problems
    stale = proved(waived=waiver(first, alive.operator.id, seal="000000000000"))
    assert stale.count(Bucket.WAIVED) == 0
    assert "is stale" in str(stale.problems[0])
    assert str(stale.problems[0]).partition("waived.toml:")[2].startswith("1:")


def test_waivers_are_capped(proved: Callable[..., Proof]) -> None:
    first = proved()
    found = proved(waived=waiver(first, next(first.of(Bucket.ALIVE)).mutant.operator.id))
    assert "at most 0 may be" in str(found.problems[0])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[[waiver]]\nmutant = "P01.1"\n', "exactly the texts"),
        ("[[waiver]\n", "not TOML"),
        ("[other]\n", "nothing else"),
    ],
)
def test_a_broken_waiver_is_named_with_its_place(proved: Callable[..., Proof], text: str, problem: str) -> None:
    with pytest.raises(ExerciseError, match=problem):
        proved(waived=text)


def test_a_rule_that_calls_equivalent_what_a_world_tells_is_a_problem(
    proved: Callable[..., Proof], monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = equivalences.Rule("careless", "Everything is the same.", lambda _tree, _mutant: True)
    monkeypatch.setattr(equivalences, "rules", lambda: (careless,))
    assert "the rule careless calls" in str(proved().problems[0])


def test_a_reference_that_fails_or_cannot_be_read_is_the_authors_mistake(proved: Callable[..., Proof]) -> None:
    with pytest.raises(ExerciseError, match="cannot be mutated"):
        proved("SELECT 1 AS user_id; SELECT 2")
