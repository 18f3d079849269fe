"""The checker says of every shipped answer what its folder says; the worlds alone reject what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from folders import FOLDERS, answers, examples, named
from replay import replayed

from checker.check import check
from checker.dataset import Dataset
from checker.exercise import load
from checker.limits import Limits
from checker.verdict import DataSource, Differs, Nondeterministic, Passed, Verdict

FEWEST_ROWS = {"escalation": 20}
PATIENT = Limits(soft_seconds=30, hard_seconds=35)


def judge(answer: Path, folder: Path, dataset: Dataset, cache: Path) -> Verdict:
    return check(load(folder), answer, dataset, limits=PATIENT, cache=cache, lint=False).verdict


@pytest.mark.parametrize("folder", named(FOLDERS, 1))
def test_the_reference_passes_without_a_warning_or_a_finding(folder: Path, practice: Dataset, cache: Path) -> None:
    report = check(load(folder), folder / "reference.sql", practice, limits=PATIENT, cache=cache)
    assert isinstance(report.verdict, Passed), report.verdict
    assert report.verdict.warnings == ()
    assert {score.source: score.dropped for score in report.verdict.scores}[DataSource.WORLDS] == 0
    assert report.findings == ()


@pytest.mark.parametrize("folder", named(FOLDERS, 1))
def test_the_practice_log_gives_every_question_an_answer(folder: Path, practice: Dataset, cache: Path) -> None:
    verdict = judge(folder / "reference.sql", folder, practice, cache)
    assert isinstance(verdict, Passed), verdict
    rows = next(score.total for score in verdict.scores if score.source is DataSource.LOG)
    assert rows >= FEWEST_ROWS.get(load(folder).track, 1)


@pytest.mark.parametrize("folder", named(FOLDERS, 1))
def test_the_starter_runs_and_fails(folder: Path, worlds_alone: Dataset, cache: Path) -> None:
    assert isinstance(judge(folder / "starter.sql", folder, worlds_alone, cache), Differs)


@pytest.mark.parametrize("answer", named(answers("right"), 3))
def test_a_right_answer_passes_on_the_worlds_and_on_the_log(answer: Path, practice: Dataset, cache: Path) -> None:
    verdict = judge(answer, answer.parents[1], practice, cache)
    assert isinstance(verdict, Passed), verdict


@pytest.mark.parametrize("answer", named(answers("wrong"), 3))
def test_a_wrong_answer_fails_on_the_worlds_with_an_example_on_which_right_ones_agree(
    answer: Path, worlds_alone: Dataset, cache: Path
) -> None:
    folder = answer.parents[1]
    verdict = judge(answer, folder, worlds_alone, cache)
    assert isinstance(verdict, Differs | Nondeterministic), verdict
    assert verdict.counterexample is not None
    others = sorted((folder / "right").glob("*.sql"))
    queries = [path.read_text(encoding="utf-8") for path in (folder / "reference.sql", answer, *others)]
    expected, wrong, *right = replayed(verdict.counterexample, queries)
    assert [path.stem for path, bag in zip(others, right, strict=True) if bag != expected] == []
    assert wrong != expected or isinstance(verdict, Nondeterministic)


@pytest.mark.parametrize("folder", named(FOLDERS, 1))
def test_the_complete_queries_of_an_explanation_pass(
    folder: Path, worlds_alone: Dataset, cache: Path, tmp_path: Path
) -> None:
    answer = tmp_path / "answer.sql"
    for sql, _ in examples(folder / "explain.md"):
        if not any(re.search(rf"\b{table}\b", sql) for table in load(folder).tables):
            continue  # it shows the idea on values of its own
        answer.write_text(sql, encoding="utf-8")
        verdict = judge(answer, folder, worlds_alone, cache)
        is_a_part = isinstance(verdict, Differs) and verdict.kind == "columns"
        assert isinstance(verdict, Passed) or is_a_part, f"{sql}\n{verdict}"
