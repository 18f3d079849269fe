"""Every screen as a learner reads it: a text file each, of at most 20 lines where it is a verdict.

What the engine, the checker and the small log say is real; only times are written as N.N. After a change that is
meant, LAGLEAD_WRITE_SCREENS=1 writes the files anew: read them before you commit them.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import miniature
import pytest

from checker.check import check
from checker.dataset import open_dataset
from checker.exercise import load
from checker.limits import Limits
from checker.nursery import nursery
from checker.verdict import DataSource, Differs, Report, Score, Timing
from generator.plan import Plan
from laglead import curriculum, generation, verdict_text
from laglead.__main__ import run
from laglead.progress import Event, Mark, record, standing
from laglead.terminal import WIDTH, cells
from laglead.watching import views
from laglead.workspace import Workspace, create

GOLDEN = Path(__file__).parents[1] / "golden" / "screens"
SITTINGS = (miniature.CURRICULUM / "10_silence" / "10_sittings" / "reference.sql").read_text()
LAST_WORDS = (miniature.CURRICULUM / "20_words" / "10_last_words" / "reference.sql").read_text()
BUSY_DAYS = (miniature.CURRICULUM / "20_words" / "20_busy_days" / "reference.sql").read_text()
ENDLESS = "SELECT count(*)::INTEGER AS n, NULL::DATE AS day FROM range(100000000000) AS t(i) WHERE i % 7 = 9"
HUNGRY = "SELECT NULL::DATE AS day, len(list(i || repeat('x', 500)))::INTEGER AS n FROM range(100000000) AS t(i)"


@dataclass(frozen=True)
class Case:
    """An answer to an exercise."""

    exercise: str
    sql: str
    limits: Limits = field(default_factory=Limits)


NEVER = "WHERE role = NULL OR true GROUP BY 1"
BY_THE_MINUTE = SITTINGS.replace(
    "created_at - lag(created_at) OVER in_time", "date_diff('minute', lag(created_at) OVER in_time, created_at)"
).replace("INTERVAL 30 MINUTES", "30")
OTHER_SIDE = SITTINGS.replace("<= INTERVAL", "< INTERVAL")
BY_THE_SILENCE = SITTINGS.replace("silence <= INTERVAL 30 MINUTES", "silence IS NULL OR silence < INTERVAL 1 DAY")
BROKEN = "SELECT created_at::DATE AS day,\n       count(*) AS n,\nFROM turns GROUP BY WHERE"
VERDICTS = {
    "passed": Case("sittings", SITTINGS),
    "passed_with_findings": Case("busy_days", BUSY_DAYS.replace("GROUP BY day", NEVER)),
    "passed_with_a_note": Case("last_words", LAST_WORDS + " ORDER BY conversation_id"),
    "differs_on_worlds": Case("sittings", BY_THE_MINUTE),
    "differs_on_the_log": Case("last_words", LAST_WORDS.replace("text,", "coalesce(text, '') AS text,")),
    "differs_on_both": Case("sittings", SITTINGS.replace("WHERE role = 'user'", "")),
    "columns_wrong": Case("sittings", "SELECT conversation_id, 1 AS sitting, created_at AS started_at FROM turns"),
    "types_wrong": Case("busy_days", BUSY_DAYS.replace("created_at::DATE", "strftime(created_at, '%Y-%m-%d')")),
    "order_wrong": Case("busy_days", BUSY_DAYS.replace(" DESC", "")),
    "duplicates": Case("last_words", f"{LAST_WORDS} UNION ALL ({LAST_WORDS})"),
    "missing_rows": Case("last_words", f"SELECT * FROM ({LAST_WORDS}) WHERE text <> 'two'"),
    "empty_is_not_null": Case("last_words", LAST_WORDS.replace("text,", "nullif(text, '') AS text,")),
    "spaces": Case("last_words", LAST_WORDS.replace("text,", "rtrim(text) AS text,")),
    "text_that_looks_like_a_number": Case("last_words", LAST_WORDS.replace("text,", "len(text)::VARCHAR AS text,")),
    "long_texts_differ_at_their_end": Case("last_words", LAST_WORDS.replace(
        "text,", "replace(text, 'other?', 'rest?') AS text,"
    )),
    "wide_characters": Case("last_words", LAST_WORDS.replace("text,", "replace(text, 'う', 'ウ') AS text,")),
    "nondeterministic": Case("last_words", LAST_WORDS.replace("turn_index DESC", "user_id")),
    "syntax_error": Case("busy_days", BROKEN),
    "unknown_column": Case("busy_days", "SELECT created_on AS day,\n       count(*) AS n\nFROM turns GROUP BY day"),
    "fails_on_a_row": Case("busy_days", "SELECT text::DATE AS day, count(*)::INTEGER AS n FROM turns GROUP BY day"),
    "refused": Case("busy_days", "DELETE FROM turns"),
    "two_statements": Case("busy_days", "SELECT 1 AS day; SELECT 2 AS n"),
    "timeout": Case("busy_days", ENDLESS, Limits(soft_seconds=1.5, hard_seconds=3)),
    "memory": Case("busy_days", HUNGRY, Limits(engine_memory_bytes=32 << 20)),
    "empty_file": Case("busy_days", "-- nothing yet\n"),
}  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with nursery():
        yield miniature.write(tmp_path_factory.mktemp("miniature") / "data")


@pytest.fixture
def here(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A workspace over the small log, with the three exercises instead of ours."""
    made, _ = create(tmp_path / "practice", str(data))
    monkeypatch.chdir(made.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(curriculum, "root", lambda: miniature.CURRICULUM)
    curriculum.exercises.cache_clear()
    yield made
    curriculum.exercises.cache_clear()


def is_as_written(name: str, screen: str) -> bool:
    """Whether the screen is what its file says, and fits 80 columns."""
    screen = re.sub(r"\b\d+\.\d( ?m?s)\b", r"N.N\1", screen.strip("\n")) + "\n"
    too_long = [line for line in screen.splitlines() if cells(line) > WIDTH]
    assert not too_long, f"{name}: {too_long}"
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("LAGLEAD_WRITE_SCREENS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(screen, encoding="utf-8")
    return screen == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", VERDICTS)
def test_a_verdict_reads_as_it_was_written(name: str, here: Workspace) -> None:
    case = VERDICTS[name]
    exercise = curriculum.find(case.exercise)
    here.answer(exercise).write_text(case.sql)
    report = check(exercise, here.answer(exercise), open_dataset(here.data), limits=case.limits)
    screen = verdict_text.screen(report, exercise, f"answers/{exercise.id}.sql", report.sql, "stuck? laglead hint")
    assert len(screen.splitlines()) <= verdict_text.MOST_LINES
    assert is_as_written(name, screen)


@pytest.mark.parametrize("columns", [80, 60])
def test_the_first_line_fits_whatever_the_exercise_is_called(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = (Score(DataSource.LOG, False, 1, 2), Score(DataSource.WORLDS, False, 1, 600))
    exercise = replace(load(miniature.CURRICULUM / "20_words" / "20_busy_days"), id="word_" * 12)
    report = Report("id", Differs("Other rows.", "values", scores, None), (), Timing(999_900))
    monkeypatch.setattr(verdict_text, "width", lambda: columns)
    first = verdict_text.screen(report, exercise, "answers/a.sql", "", "").splitlines()[0]
    assert "✗ differs  practice log ✗  worlds ✗" in first
    assert cells(first) <= columns


def solve_one_and_try_another(here: Workspace) -> None:
    record(here.progress, curriculum.find("sittings"), Event.ATTEMPT, verdict="passed")
    record(here.progress, curriculum.find("last_words"), Event.ATTEMPT, verdict="differs")


COMMANDS = {
    "missing_answer": ["check", "busy_days"],
    "hint": ["hint", "last_words"],
    "reveal": ["reveal", "sittings"],
    "list": ["list"],
    "show": ["show", "last_words"],
    "welcome": [],
    "reset": ["reset", "last_words"],
    "progress": ["progress"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_reads_as_it_was_written(name: str, here: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    solve_one_and_try_another(here)
    run(COMMANDS[name])
    shown = capsys.readouterr()
    assert is_as_written(
        name, (shown.out + shown.err).replace(str(here.root), "~/practice").replace(str(here.data), "~/data")
    )


def test_the_first_screen_of_a_watch_reads_as_it_was_written(here: Workspace) -> None:
    exercise = curriculum.find("sittings")
    assert is_as_written("watch_first", f"{views.first(here, exercise)}\n\n{views.prompt(here, exercise)}")


def test_the_map_of_a_watch_reads_as_it_was_written(here: Workspace) -> None:
    solve_one_and_try_another(here)
    assert is_as_written("watch_map", views.progress(here, curriculum.find("last_words")))


def checked(here: Workspace, sql: str, *arguments: str) -> int:
    here.answer(curriculum.find("sittings")).write_text(sql)
    return run(["check", "sittings", *arguments])


def test_the_price_of_an_assumption_reads_as_it_was_written(
    here: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(here, SITTINGS) == 0
    assert is_as_written("price_of_an_assumption", capsys.readouterr().out)
    assert checked(here, OTHER_SIDE, "--format", "json") == 0
    readings = json.loads(capsys.readouterr().out)["readings"]
    assert [(one["rows"], one["shared"], one["followed"]) for one in readings] == [(7, 6, False), (8, 8, True)]


def test_another_seed_reads_as_it_was_written_and_counts_for_itself(
    here: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def generate(plan: Plan, where: str, workers: object) -> None:
        made.append(f"seed {plan.seed}, {plan.users} users")
        miniature.write(Path(where), plan.seed)

    monkeypatch.setattr(generation, "write", generate)
    monkeypatch.setattr(generation, "in_place", lambda where, plan: (Path(where) / "manifest.json").is_file())
    for name, sql in (("another_seed", SITTINGS), ("another_seed_differs", BY_THE_SILENCE)):
        checked(here, sql, "--seed", "43")
        assert is_as_written(name, capsys.readouterr().out)
    assert made == ["seed 43, 6000 users"]
    found = standing(here.progress, curriculum.find("sittings"))
    assert (found.mark, found.attempts, found.seeds) == (Mark.NEW, 0, {43})
    run(["progress"])
    assert "sittings: also on seed 43" in capsys.readouterr().out
    checked(here, SITTINGS, "--seed", "42")
    assert standing(here.progress, curriculum.find("sittings")).mark is Mark.SOLVED


def test_an_untouched_starter_is_told_and_is_no_attempt(here: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    here.begin(curriculum.find("sittings"))
    assert run(["check", "sittings"]) == 1
    assert is_as_written("untouched_starter", capsys.readouterr().out)
    assert standing(here.progress, curriculum.find("sittings")).attempts == 0


def test_a_log_that_is_older_than_the_exercise_is_told(
    here: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = here.root / "old"
    miniature.write(old)
    manifest = old / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"base"', '"other"'))
    create(here.root / "there", str(old))
    monkeypatch.chdir(here.root / "there")
    (here.root / "there" / "answers" / "sittings.sql").write_text(SITTINGS)
    assert run(["check", "sittings"]) == 2
    told = "The log in place is older than sittings: it lacks the worlds about 'base'. Make it anew: laglead generate\n"
    assert capsys.readouterr().err == told
