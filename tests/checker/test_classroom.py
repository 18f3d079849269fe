"""Many answers at once: each judged as if it were alone, whatever the others do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.check import check
from checker.classroom import LIMITS, Paper, check_all
from checker.dataset import Dataset
from checker.errors import AnswerMissing, RunnerError
from checker.exercise import Exercise
from checker.limits import Limits
from checker.verdict import Report
from checker.workers import each_done

ENDLESS = "SELECT count(*) AS n FROM range(100000000000) a WHERE a.range % 7 = 9"
ANSWERS = {
    "right": "SELECT count(*) AS n FROM users",
    "wrong": "SELECT count(*) - 1 AS n FROM users",
    "not_sql": "SELEC",
    "two": "SELECT 1; SELECT 2",
    "other_files": "SELECT count(*) AS n FROM read_text('/etc/passwd')",
    "endless": ENDLESS,
    "huge": "SELECT repeat('x', 2000000000) AS n",
    "right_again": "SELECT count(user_id) + sum(CASE WHEN user_id IS NULL THEN 1 ELSE 0 END) AS n FROM users "
    "HAVING count(*) > 0 UNION ALL SELECT 0 WHERE NOT EXISTS (FROM users)",
}


@pytest.fixture
def papers(make_exercise: Callable[..., Exercise], tmp_path: Path) -> list[Paper]:
    exercise = make_exercise(ANSWERS["right"], {"n": "BIGINT"})
    for name, sql in ANSWERS.items():
        (tmp_path / f"{name}.sql").write_text(sql)
    return [Paper(exercise, tmp_path / f"{name}.sql") for name in (*ANSWERS, "none")]


def test_every_paper_of_a_class_gets_the_outcome_that_it_gets_alone(
    papers: list[Paper], dataset: Dataset, tmp_path: Path
) -> None:
    limits = Limits(soft_seconds=1, hard_seconds=2, threads=1)
    marked = {m.paper.answer.stem: m.outcome for m in check_all(papers, dataset, cache=tmp_path, limits=limits)}
    assert set(marked) == {*ANSWERS, "none"}
    assert isinstance(marked.pop("none"), AnswerMissing)
    outcomes = {name: report.verdict.outcome for name, report in marked.items() if isinstance(report, Report)}
    alone = {
        paper.answer.stem: check(paper.exercise, paper.answer, dataset, limits=limits, lint=False).verdict.outcome
        for paper in papers[:-1]
    }
    assert outcomes == alone
    assert len({outcomes["right"], outcomes["wrong"], outcomes["two"], outcomes["endless"]}) == 4


def test_a_class_that_is_left_early_ends_what_is_under_way(papers: list[Paper], dataset: Dataset) -> None:
    slow = next(paper for paper in papers if paper.answer.stem == "endless")
    right = papers[0]
    class_ = check_all([right, slow, slow, slow], dataset, limits=Limits(soft_seconds=60, hard_seconds=65, threads=1))
    assert isinstance(next(class_).outcome, Report)
    started = time.monotonic()
    class_.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < LIMITS.hard_seconds


def test_lint_is_for_those_who_ask(papers: list[Paper], dataset: Dataset, tmp_path: Path) -> None:
    answer = tmp_path / "null.sql"
    answer.write_text("SELECT count(*) AS n FROM users WHERE plan = NULL OR true")
    paper = Paper(papers[0].exercise, answer)
    for lint in (False, True):
        (marked,) = check_all([paper], dataset, lint=lint)
        assert isinstance(marked.outcome, Report)
        assert bool(marked.outcome.findings) is lint


def test_work_that_fails_is_raised_where_results_are_read() -> None:
    def fails(number: int) -> int:
        if number == 3:
            raise RunnerError("no more")
        return number

    with pytest.raises(RunnerError, match="no more"):
        list(each_done(fails, range(10)))
    assert sorted(each_done(fails, (1, 2))) == [1, 2]
