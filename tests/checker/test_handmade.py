"""Rows that a person wrote: read with their lines, refused where the log could not hold them, judged where it could."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from checker.catalog import Table
from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.handmade import Alike, Exposed, GivenRow, RowProblem, compare
from laglead.interview.rows_file import parsed

REFERENCE = "SELECT user_id, count(*)::INTEGER AS n FROM turns WHERE user_id IS NOT NULL GROUP BY user_id"
COLLEAGUE = "SELECT user_id, count(seconds)::INTEGER AS n FROM turns WHERE user_id IS NOT NULL GROUP BY user_id"


def keyed(dataset: Dataset) -> Dataset:
    """The fixture with a key and with values that are listed."""
    tables = dict(dataset.catalog.tables)
    turns = tables["turns"]
    tables["turns"] = replace(turns, keys=(("conversation_id", "turn_index"),))
    risk = [replace(one, values=("low", "high")) if one.name == "risk" else one for one in tables["labels"].columns]
    tables["labels"] = replace(tables["labels"], columns=tuple(risk))
    return replace(dataset, catalog=replace(dataset.catalog, tables=tables))


def row(line: int = 1, table: str = "turns", **values: str | None) -> GivenRow:
    return GivenRow(table, line, values)


@pytest.fixture
def exercise(make_exercise: Callable[..., Exercise]) -> Exercise:
    return make_exercise(REFERENCE, {"user_id": "VARCHAR", "n": "INTEGER"})


def test_rows_that_tell_the_two_apart_are_shown_with_both_results(dataset: Dataset, exercise: Exercise) -> None:
    found = compare(exercise, COLLEAGUE, [row(user_id="u1", seconds=None)], dataset)
    assert isinstance(found, Exposed)
    assert found.counterexample is not None
    assert (found.counterexample.actual.rows, found.counterexample.expected.rows) == ((("u1", "0"),), (("u1", "1"),))


def test_rows_on_which_both_agree_expose_nothing(dataset: Dataset, exercise: Exercise) -> None:
    found = compare(exercise, COLLEAGUE, [row(user_id="u1", seconds="1.5")], dataset)
    assert isinstance(found, Alike)
    assert found.rows.rows == (("u1", "1"),)
    assert isinstance(compare(exercise, COLLEAGUE, [], dataset), Alike)


def test_a_query_that_fails_on_the_rows_is_exposed_by_its_error(dataset: Dataset, exercise: Exercise) -> None:
    fails = "SELECT user_id, max(conversation_id::INTEGER) AS n FROM turns WHERE user_id IS NOT NULL GROUP BY user_id"
    found = compare(exercise, fails, [row(user_id="u1", conversation_id="c1")], dataset)
    assert isinstance(found, Exposed)
    assert found.counterexample is None
    assert "Could not convert" in found.error


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        ([row(4, turn_index="first")], 4, "turn_index cannot be 'first'"),
        ([row(2, table="labels", risk="medium")], 2, "risk is 'medium'; labels has low, high"),
        (
            [row(2, conversation_id="c1", turn_index="1"), row(3, conversation_id="c1", turn_index="1")],
            3,
            "turns holds each conversation_id, turn_index once",
        ),
    ],
)
def test_a_row_that_the_log_could_not_hold_is_named_by_its_line(
    dataset: Dataset, exercise: Exercise, rows: list[GivenRow], line: int, said: str
) -> None:
    with pytest.raises(RowProblem) as caught:
        compare(exercise, COLLEAGUE, rows, keyed(dataset))
    assert caught.value.line == line
    assert said in caught.value.message


def test_cells_are_read_as_people_write_them(dataset: Dataset) -> None:
    text = "# a comment\nturns\n| user_id | seconds | conversation_id |\n|---|---|---|\n| '' | NULL |  |\n\n"
    text += "users\nuser_id\nu7\nturns\nuser_id | conversation_id\na \\| b | 'NULL'\n"
    found = parsed(text, dataset.catalog)
    assert [one.values for one in found] == [
        {"user_id": "", "seconds": None, "conversation_id": None},
        {"user_id": "u7"},
        {"user_id": "a | b", "conversation_id": "NULL"},
    ]
    assert [one.line for one in found] == [5, 9, 12]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("truns\nuser_id\n", 1, "there is no table 'truns'; did you mean turns?"),
        ("turns\nuser\n", 2, "turns has no column 'user'; did you mean user_id?"),
        ("turns\nuser_id | seconds\nu1 | 1 | 2\n", 3, "there are 3 cells for 2 columns"),
        ("turns\nuser_id | user_id\n", 2, "a column stands there twice"),
        ("a | b\n", 1, "belongs to no table"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(dataset: Dataset, text: str, line: int, said: str) -> None:
    with pytest.raises(RowProblem) as caught:
        parsed(text, dataset.catalog)
    assert caught.value.line == line
    assert said in caught.value.message


def test_a_table_may_be_empty(dataset: Dataset) -> None:
    assert isinstance(dataset.catalog.tables["turns"], Table)
    assert parsed("turns\nuser_id | seconds\n", dataset.catalog) == ()
