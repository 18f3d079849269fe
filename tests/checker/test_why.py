"""Why an answer is wrong: the step that differs, and the mistake that one edit undoes, never its text."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from checker.catalog import MANIFEST
from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.mistake_child import look
from checker.mutant import parse
from checker.steps import steps
from checker.why import Why, why
from laglead.why_text import why_json, why_lines

REFERENCE = """
WITH early AS (
    SELECT user_id, conversation_id, turn_index FROM turns WHERE user_id IS NOT NULL
)
SELECT user_id, count(*)::INTEGER AS n FROM early GROUP BY user_id
"""


@pytest.fixture
def asked(make_exercise: Callable[..., Exercise], dataset: Dataset, tmp_path: Path) -> Callable[[str], Why]:
    described = {
        name: {
            "columns": [{"name": c.name, "type": c.type, "nullable": c.nullable} for c in table.columns],
            "keys": [],
            "references": [],
        }
        for name, table in dataset.catalog.tables.items()
    }
    (tmp_path / MANIFEST).write_text(json.dumps({"tables": described}))

    def ask(sql: str) -> Why:
        exercise = replace(make_exercise(REFERENCE, {"user_id": "VARCHAR", "n": "INTEGER"}), tables=("turns",))
        return why(exercise, sql, replace(dataset, folder=tmp_path), cache=tmp_path / "kept")

    return ask


def test_one_edit_names_the_mistake_and_its_place_but_not_the_cure(asked: Callable[[str], Why]) -> None:
    sql = REFERENCE.replace("user_id IS NOT NULL", "user_id <> NULL")
    found = asked(sql)
    assert found.step == "early"
    assert found.repair is not None
    assert found.repair.clause in ("IS NULL", "WHERE", "a comparison")
    assert (found.repair.step, found.repair.line) == ("early", 3)
    told = " ".join(why_lines(found))
    assert "line 3" in told
    assert "IS NOT NULL" not in told
    assert "sql" not in json.dumps(why_json(found))


def test_a_step_that_is_right_is_not_blamed(asked: Callable[[str], Why]) -> None:
    found = asked(REFERENCE.replace("count(*)", "count(DISTINCT conversation_id)"))
    assert found.step is None
    assert found.repair is not None
    assert found.repair.step == ""


def test_two_mistakes_are_too_many_for_one_edit(asked: Callable[[str], Why]) -> None:
    found = asked(
        "SELECT conversation_id AS user_id, max(turn_index)::INTEGER * 7 AS n FROM turns "
        "WHERE turn_index > 2 GROUP BY conversation_id"
    )
    assert found.repair is None
    assert found.finished
    assert f"{found.tried} that were tried" in why_lines(found)[0] + " ".join(why_lines(found))


@pytest.mark.parametrize("sql", ["SELECT (" * 150, "not sql at all", "SELECT 1; SELECT 2"])
def test_what_cannot_be_read_gives_nothing_and_costs_nothing(sql: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text('{"tables": {}}')
    assert look(sql, tmp_path / MANIFEST, 10).candidates == ()


def test_each_step_becomes_a_query_with_the_steps_before_it() -> None:
    found = steps(parse("WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM b"))
    assert [name for name, _ in found] == ["a", "b"]
    assert found[0][1] == 'WITH a AS (SELECT 1 AS x) SELECT * FROM "a"'
    assert found[1][1].endswith('SELECT * FROM "b"')
