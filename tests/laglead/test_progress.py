"""Progress: appended line by line, keyed by id and content, never lost."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from checker.exercise import Exercise
from laglead import curriculum
from laglead.progress import Event, Mark, Standing, record, standing


@pytest.fixture
def exercise() -> Exercise:
    return curriculum.find("sittings_30_minutes")


def test_nothing_done_is_new(tmp_path: Path, exercise: Exercise) -> None:
    assert standing(tmp_path / "progress.jsonl", exercise) == Standing()


def test_a_failed_attempt_is_tried_and_a_passed_one_solved(tmp_path: Path, exercise: Exercise) -> None:
    file = tmp_path / "progress.jsonl"
    record(file, exercise, Event.ATTEMPT, verdict="differs")
    assert standing(file, exercise) == Standing(Mark.TRIED, attempts=1)
    record(file, exercise, Event.ATTEMPT, verdict="passed")
    record(file, exercise, Event.ATTEMPT, verdict="error")
    assert standing(file, exercise) == Standing(Mark.SOLVED, attempts=3)


def test_another_exercise_counts_for_itself_alone(tmp_path: Path, exercise: Exercise) -> None:
    file = tmp_path / "progress.jsonl"
    record(file, curriculum.find("think_time"), Event.ATTEMPT, verdict="passed")
    assert standing(file, exercise) == Standing()


def test_a_solved_exercise_that_changed_says_so(tmp_path: Path, exercise: Exercise) -> None:
    file = tmp_path / "progress.jsonl"
    record(file, exercise, Event.ATTEMPT, verdict="passed")
    file.write_text(file.read_text().replace(exercise.content_hash()[:16], "0" * 16))
    assert standing(file, exercise).mark is Mark.CHANGED


def test_a_line_cut_short_by_a_kill_is_skipped_and_the_next_one_kept(tmp_path: Path, exercise: Exercise) -> None:
    file = tmp_path / "progress.jsonl"
    record(file, exercise, Event.HINT)
    with file.open("a") as stream:
        stream.write('{"at": "2026-01-01T00:0')
    record(file, exercise, Event.REVEAL)
    assert standing(file, exercise) == Standing(hints=1, revealed=True)


def _attempt(file: Path, times: int) -> None:
    for _ in range(times):
        record(file, curriculum.find("sittings_30_minutes"), Event.ATTEMPT, verdict="differs")


def test_concurrent_processes_lose_no_line(tmp_path: Path, exercise: Exercise) -> None:
    file = tmp_path / "progress.jsonl"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_attempt, args=(file, 25)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert standing(file, exercise).attempts == 75
    assert all(json.loads(line) for line in file.read_text().splitlines() if line)
