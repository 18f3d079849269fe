"""An answer that disagrees with itself is told which tie or missing order does it, on rows that show it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.check import check
from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.instability import message
from checker.result import LooseEnd
from checker.verdict import Counterexample, Nondeterministic, Passed, Rows, Verdict

Compared = Callable[..., Verdict]
LAST = "SELECT user_id, max(plan) AS plan FROM users GROUP BY 1"
TIED = "SELECT conversation_id, max(seconds) AS s FROM turns GROUP BY 1"


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (
            "SELECT conversation_id, seconds AS s FROM turns "
            "QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY user_id) = 1",
            "ROW_NUMBER() orders by user_id, which ties: ",
        ),
        (
            "SELECT DISTINCT conversation_id, last_value(seconds) OVER (PARTITION BY conversation_id) AS s FROM turns",
            "LAST_VALUE() has no ORDER BY in its window: ",
        ),
        (
            "SELECT conversation_id, first(seconds) AS s FROM turns GROUP BY 1",
            "FIRST() has no ORDER BY: ",
        ),
        (
            "SELECT conversation_id, arg_max(seconds, conversation_id) AS s FROM turns GROUP BY 1",
            "ARG_MAX() picks by conversation_id, which ties: ",
        ),
        (
            "SELECT conversation_id, list(seconds ORDER BY user_id)[1] AS s FROM turns GROUP BY 1",
            "LIST() orders by user_id, which ties: ",
        ),
        (
            "SELECT DISTINCT ON (conversation_id) conversation_id, seconds AS s FROM turns",
            "DISTINCT ON has no ORDER BY: ",
        ),
        (
            "SELECT conversation_id, arg_max(seconds, rowid) AS s FROM turns GROUP BY 1",
            "rowid is a row's place in storage",
        ),
    ],
)
def test_the_message_names_what_ties_or_has_no_order(compared: Compared, answer: str, named: str) -> None:
    found = compared(answer, TIED, conversation_id="VARCHAR", s="DOUBLE")
    assert isinstance(found, Nondeterministic), found
    assert named in found.message
    assert found.counterexample is not None
    assert len(found.counterexample.tables["turns"].rows) == 2
    assert found.counterexample.actual_marks


def test_an_answer_that_is_wrong_in_every_order_too_is_told_so(compared: Compared) -> None:
    answer = "SELECT conversation_id, first(seconds) AS s FROM turns GROUP BY 1"
    right = f"{TIED.removesuffix(' GROUP BY 1')} WHERE conversation_id <> 'c2' GROUP BY 1"
    both = compared(answer, right, conversation_id="VARCHAR", s="DOUBLE")
    tied = compared(answer.replace("first", "max"), TIED, conversation_id="VARCHAR", s="DOUBLE")
    assert isinstance(both, Nondeterministic), both
    assert both.message.startswith("FIRST() has no ORDER BY: the answer changes")
    assert both.message.endswith(
        "That alone does not mend it, for it is wrong where nothing ties, too: the answer has 1 row too many."
    )
    assert isinstance(tied, Passed)


def test_only_what_ties_in_the_example_is_named() -> None:
    turns = Rows(("user_id", "at", "n"), ("VARCHAR",) * 3, (("u1", "10:00", "1"), ("u1", "10:00", "2")))
    nothing = Rows((), (), ())
    example = Counterexample("world 1", {"turns": turns}, nothing, nothing)
    ends = (
        LooseEnd("LAG() orders by n, which ties", ("user_id", "n")),
        LooseEnd("ROW_NUMBER() orders by at, which ties", ("user_id", "at")),
    )
    assert message(ends, example).startswith("ROW_NUMBER() orders by at, which ties: the answer changes")
    assert message(ends[:1], example).startswith("LAG() orders by n")
    assert "somewhere" in message((), example)


def test_chance_is_named(compared: Compared) -> None:
    answer, reference = "SELECT user_id, random() AS x FROM users", "SELECT user_id, 0.5 AS x FROM users"
    found = compared(answer, reference, user_id="VARCHAR", x="DOUBLE")
    assert isinstance(found, Nondeterministic)
    assert found.message.startswith("random() gives other values at every run: ")


@pytest.mark.parametrize(
    "answer",
    [
        "SELECT conversation_id, s FROM (SELECT conversation_id, max(seconds) OVER (PARTITION BY conversation_id "
        "ORDER BY user_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS s FROM turns) GROUP BY ALL",
        "SELECT conversation_id, first(seconds ORDER BY seconds DESC NULLS LAST) AS s FROM turns GROUP BY 1",
        "SELECT DISTINCT ON (conversation_id) conversation_id, seconds AS s FROM turns "
        "ORDER BY seconds DESC NULLS LAST",
        "SELECT conversation_id, list_max(list(seconds)) AS s FROM turns GROUP BY 1",
    ],
)
def test_what_may_tie_but_changes_nothing_passes(compared: Compared, answer: str) -> None:
    found = compared(answer, TIED, conversation_id="VARCHAR", s="DOUBLE")
    assert isinstance(found, Passed), found


MANY = "SELECT CASE WHEN count(*) > 100 THEN first(user_id) ELSE min(user_id) END AS u FROM turns"


def test_a_deep_check_finds_what_only_another_order_of_the_log_shows(
    make_exercise: Callable[..., Exercise], dataset: Dataset, tmp_path: Path
) -> None:
    answer, said = tmp_path / "answer.sql", list[int]()
    answer.write_text(MANY)
    exercise = make_exercise("SELECT min(user_id) AS u FROM turns", {"u": "VARCHAR"})
    assert isinstance(check(exercise, answer, dataset, lint=False).verdict, Passed)
    found = check(exercise, answer, dataset, lint=False, deep=lambda done, _: said.append(done)).verdict
    assert isinstance(found, Nondeterministic)
    assert found.message.startswith("FIRST() has no ORDER BY: ")
    assert "another order" in found.message
    assert said


def test_a_right_answer_stays_right_under_a_deep_check(
    make_exercise: Callable[..., Exercise], dataset: Dataset, tmp_path: Path
) -> None:
    answer = tmp_path / "answer.sql"
    answer.write_text("SELECT conversation_id, sum(seconds) AS s FROM turns GROUP BY 1")
    exercise = make_exercise(answer.read_text(), {"conversation_id": "VARCHAR", "s": "DOUBLE"})
    found = check(exercise, answer, dataset, lint=False, deep=lambda *_: None).verdict
    assert isinstance(found, Passed)
    assert "1 and 2 threads" in found.message
    assert found.warnings == ()
