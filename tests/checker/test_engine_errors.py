"""Errors of the engine in a learner's words: what they mean, where the caret stands, what names are near."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checker.check import Answer, run_query
from checker.dataset import Dataset
from checker.engine_error import Explanation, explanation, explanations
from checker.limits import Limits
from checker.nursery import nursery
from checker.query_run import QueryRun, QueryStopped
from checker.result import Failure
from checker.verdict import Broken
from laglead.terminal import cells
from laglead.verdict_text import caret, trouble

GOLDEN = Path(__file__).parents[1] / "golden" / "engine_errors.txt"


@pytest.fixture(scope="module", autouse=True)
def _forking() -> Iterator[None]:
    with nursery():
        yield


def _broken(sql: str, dataset: Dataset) -> Broken:
    found = run_query(sql, dataset)
    assert isinstance(found, Broken), found
    return found


@pytest.mark.parametrize("known", explanations(), ids=lambda known: known.name)
def test_every_explanation_is_of_an_error_that_happens_and_can_be_mended(
    small_log: Dataset, known: Explanation
) -> None:
    failure = _failure(known.example, small_log)
    explained = explanation(failure.message)
    assert explained is not None
    assert explained[0] is known
    found = _broken(known.example, small_log)
    assert found.hints[0] == known.says.format_map(explained[1])
    assert found.location is not None or (failure.position is None and not known.at)
    assert isinstance(run_query(known.mended, small_log), Answer)


def _failure(sql: str, dataset: Dataset) -> Failure:
    with QueryRun(Limits()) as run:
        try:
            run.open(dataset, sql)
            run.shown(10)
        except QueryStopped as stopped:
            return stopped.failure
    raise AssertionError(f"this ran: {sql}")


def test_the_errors_read_like_prose(small_log: Dataset) -> None:
    lines = []
    for known in explanations():
        sql = known.example
        lines += [f"[{known.name}]", *trouble(_shortened(_broken(sql, small_log)), "answer.sql", sql), ""]
    text = "\n".join(lines)
    if os.environ.get("GOLDEN_WRITE"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def _shortened(found: Broken) -> Broken:
    """Without the rest of the schema, which grows."""
    hints = (", ".join([*hint.split(", ")[:3], "..."]) if " has " in hint else hint for hint in found.hints)
    return replace(found, hints=tuple(hints))


@pytest.mark.parametrize(
    "before",
    [
        "",
        "'🦆' AS duck, ",
        "'👩‍👩‍👧🏴‍☠️' AS family, ",
        "'e\u0301a\u0308' AS accents, ",
        "'漢字' AS wide, ",
        "\t\t",
        "\t'🦆',\t",
        "1 AS one,\r\n       ",
        "1 AS one,\r\n\t'🦆é', ",
        "1 AS one,\r  ",
        "/* 🦆 */ ",
        "-- 🦆 dit: «é»\n  ",
        "'a''b', ",
    ],
)
@pytest.mark.parametrize("start", ["SELECT ", "\ufeffSELECT ", "\r\n\r\n-- first 🦆\r\nSELECT\t"])
def test_the_caret_stands_under_the_first_character_of_what_is_wrong(
    small_log: Dataset, before: str, start: str
) -> None:
    text = f"{start}{before}turn_indx FROM turns"
    found = _broken(text, small_log)
    sql = text.removeprefix("\ufeff")
    assert found.location is not None
    line = sql.replace("\r\n", "\n").replace("\r", "\n").split("\n")[found.location.line - 1]
    at = line[found.location.column - 1 :]
    assert at[: found.location.length] == "turn_indx"
    shown, marks = caret(sql, found.location.line, found.location.column, found.location.length)
    assert marks.strip() == "^" * 9
    assert cells(marks[: marks.index("^")]) == cells(shown[: shown.index("turn_indx")])


@pytest.mark.parametrize(
    ("sql", "near"),
    [
        ("SELECT turn_indx FROM turns", "did you mean turn_index"),
        ("SELECT t.mesage_id FROM turns t", "did you mean message_id"),
        ("SELECT 1 FROM message_event", "did you mean message_events"),
        ("WITH sittings AS (SELECT 1 AS n) SELECT n FROM siting", "did you mean sittings?"),
        ("SELECT row_numbr() OVER () FROM turns", "did you mean row_number?"),
        ("SELECT metadata.topik FROM message_events", "did you mean topic?"),
        ("SELECT users.pln FROM turns JOIN users USING (user_id)", "did you mean plan?"),
    ],
)
def test_the_nearest_names_are_named_first(small_log: Dataset, sql: str, near: str) -> None:
    assert any(hint.startswith(near) for hint in _broken(sql, small_log).hints)


def test_the_schema_around_an_unknown_column_is_that_of_the_tables_in_the_query(small_log: Dataset) -> None:
    hints = _broken("SELECT nothing_like_it FROM users -- turns", small_log).hints
    assert any(hint.startswith("users has user_ref, user_id, valid_from") for hint in hints)
    assert not any(hint.startswith("turns has") for hint in hints)


def test_a_place_that_the_engine_does_not_give_is_found_outside_strings(small_log: Dataset) -> None:
    sql = "SELECT 'topicc ->' AS a, metadata.topicc FROM message_events"
    location = _broken(sql, small_log).location
    assert location is not None
    assert sql[location.column - 1 :][: location.length] == "topicc"
    assert location.column > 30


def test_an_error_on_the_rows_has_its_place_too(small_log: Dataset) -> None:
    sql = "SELECT\n  CAST(message_id AS INTEGER) AS n\nFROM turns"
    location = _broken(sql, small_log).location
    assert location is not None
    assert (location.line, location.column) == (2, 3)
