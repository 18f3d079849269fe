"""Progress: appended line by line, keyed by id and content, never lost."""

from __future__ import annotations

import json
import multiprocessing
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.exercise import Exercise, load
from checker.verdict import Passed, Report, Timing
from laglead import curriculum
from laglead.__main__ import run
from laglead.attempt import note, upcoming
from laglead.journal import merge
from laglead.progress import Event, Mark, Standing, record, standing, unreadable
from laglead.workspace import Workspace, create


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


def test_a_line_cut_short_is_kept_aside_and_told(
    tmp_path: Path, exercise: Exercise, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "progress.jsonl"
    record(file, exercise, Event.HINT)
    whole = file.read_bytes()
    with file.open("ab") as stream:
        stream.write(b'{"at": "2026-01-01T00:0')
    record(file, exercise, Event.REVEAL)
    assert (tmp_path / "progress.jsonl.damaged").read_bytes() == b'{"at": "2026-01-01T00:0\n'
    assert file.read_bytes().startswith(whole + b'{"at"')
    assert "kept in progress.jsonl.damaged" in capsys.readouterr().err
    assert unreadable(file) == ()


def test_a_last_line_without_its_end_is_whole(tmp_path: Path, exercise: Exercise) -> None:
    file = tmp_path / "progress.jsonl"
    record(file, exercise, Event.HINT)
    file.write_bytes(file.read_bytes().rstrip())
    record(file, exercise, Event.REVEAL)
    assert standing(file, exercise) == Standing(hints=1, revealed=True)
    assert not (tmp_path / "progress.jsonl.damaged").exists()


def test_the_same_text_is_one_attempt_and_another_log_counts_for_itself(tmp_path: Path, exercise: Exercise) -> None:
    file = tmp_path / "progress.jsonl"
    for text in ("a", "a", "b", "a"):
        record(file, exercise, Event.ATTEMPT, verdict="differs", answer=text)
    record(file, exercise, Event.ATTEMPT, verdict="passed", answer="b", seed=43)
    assert standing(file, exercise) == Standing(Mark.TRIED, attempts=2, seeds=frozenset({43}))


def test_lines_of_later_versions_and_of_lost_exercises_do_no_harm(tmp_path: Path, exercise: Exercise) -> None:
    file = tmp_path / "progress.jsonl"
    record(file, exercise, Event.ATTEMPT, verdict="passed")
    with file.open("ab") as stream:
        stream.write(b'{"exercise": "gone", "event": "attempt"}\n{"event": "sung", "exercise": 3}\n[1]\nnot json\n')
    assert standing(file, exercise).mark is Mark.SOLVED
    assert unreadable(file) == (4, 5)


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)))
def test_merging_in_any_order_and_again_gives_the_same(order: list[int], here: set[int]) -> None:
    exercise = curriculum.find("sittings_30_minutes")
    base = {"exercise": exercise.id, "content": exercise.content_hash()[:16]}
    lines: list[dict[str, object]] = [
        base | {"at": "1", "event": "attempt", "verdict": "differs", "answer": "a"},
        base | {"at": "2", "event": "attempt", "verdict": "passed", "answer": "b"},
        base | {"at": "3", "event": "attempt", "verdict": "passed", "answer": "c", "content": "old"},
        base | {"at": "4", "event": "hint", "level": 1},
        base | {"at": "5", "event": "hint", "level": 2},
        base | {"at": "6", "event": "attempt", "verdict": "passed", "answer": "b", "seed": 44},
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "progress.jsonl"
        merge(file, [lines[number] for number in here])
        assert merge(file, [lines[number] for number in order]) == 6 - len(here)
        assert merge(file, lines) == 0
        expected = Standing(Mark.SOLVED, attempts=3, hints=2, seeds=frozenset({44}))
        assert standing(file, exercise) == expected


def test_progress_travels_by_file(learner: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(learner.root)
    record(learner.progress, curriculum.find("1"), Event.ATTEMPT, verdict="passed")
    assert run(["progress", "export", "mine.jsonl"]) == 0
    assert run(["progress", "export", "mine.jsonl"]) == 2
    other, _ = create(learner.root / "elsewhere", "data")
    monkeypatch.chdir(other.root)
    for _ in range(2):
        assert run(["progress", "import", "../mine.jsonl"]) == 0
    assert other.progress.read_bytes() == learner.progress.read_bytes()


@pytest.mark.parametrize("text", ["", "no json\n", '{"event": "sung"}\n', "[]\n"])
def test_a_file_without_events_is_refused(
    text: str, learner: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(learner.root)
    Path("other.txt").write_text(text)
    assert run(["progress", "import", "other.txt"]) == 2
    assert "no line of it is an event" in capsys.readouterr().err
    assert not learner.progress.exists()


def test_a_folder_that_cannot_be_written_costs_no_verdict(
    learner: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    learner.progress.mkdir()  # nobody, not even root, can append to a folder
    exercise = curriculum.find("1")
    report = Report(exercise.id, Passed("Right.", ()), (), Timing(1), "SELECT 1")
    note(learner, exercise, report)
    assert "this attempt is not written down" in capsys.readouterr().err


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


def test_the_next_exercise_is_found_without_reading_those_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = curriculum.exercises()
    here = Workspace(tmp_path, tmp_path)
    for exercise in (*every[1:3], every[-1]):
        record(here.progress, exercise, Event.ATTEMPT, verdict="passed")
    record(here.progress, every[3], Event.ATTEMPT, verdict="differs")
    read: list[Path] = []

    def reading(folder: Path) -> Exercise:
        read.append(folder)
        return load(folder)

    monkeypatch.setattr(curriculum, "_one", reading)
    assert upcoming(here, every[0]) == every[3]
    assert len(read) < 6
    assert upcoming(here, every[-2]) == every[0]
    assert [other.id for other in curriculum.others(every[1])] == [e.id for e in (*every[2:], every[0])]
