"""A class: every learner judged alone, whatever the others hand in, and the same tables on every run."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from checker.exercise import Exercise
from laglead import curriculum
from laglead.__main__ import run
from laglead.workspace import create

FEEDBACK, THINK, WARM = (curriculum.find(name) for name in ("users_without_feedback", "think_time", "who_spoke_before"))
Grade = Callable[..., int]


def right(exercise: Exercise) -> str:
    return exercise.reference.read_text()


def wrong(exercise: Exercise, number: int = 0) -> str:
    return exercise.wrong[number].read_text()


def renamed(sql: str) -> str:
    """The same query from another hand: other names of steps and tables, other case, another layout."""
    chosen = set(re.findall(r"(\w+) AS \(", sql)) | set(re.findall(r"\bAS (\w)\b", sql))
    for name in sorted(chosen):
        sql = re.sub(rf"\b{name}\b", f"my_{name}", sql)
    return "-- mine\n" + re.sub(r"\b(SELECT|FROM|WHERE|AS)\b", lambda found: found.group().lower() + "  ", sql)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory, small_practice_log: Path) -> Path:
    """A folder with a workspace upon the shared log and one class, in which half the files are odd."""
    home = tmp_path_factory.mktemp("school")
    create(home, str(small_practice_log))
    answers: dict[str, str | bytes] = {
        "ana/users_without_feedback.sql": right(FEEDBACK),
        "ana/think_time.sql": right(THINK),
        "ana/W1.sql": right(WARM),
        "Bob van Dyk/users_without_feedback.SQL": right(FEEDBACK),
        "Bob van Dyk/week 2/07-think-time.sql": wrong(THINK),
        "Bob van Dyk/notes.txt": "read chapter 3",
        "=cmd|'C calc'!A0/users_without_feedback.sql": "SELECT user_ref FROM",
        "=cmd|'C calc'!A0/think_tme.sql": right(THINK),
        "=cmd|'C calc'!A0/who_spoke_before.sql": b"SELECT '\xff'",
        "Zoë <b>/users_without_feedback.sql": wrong(FEEDBACK),
        "Zoë <b>/think_time.sql": renamed(right(THINK)),
        "Zoë <b>/think_time (1).sql": "SELECT 1",
        "Zoë <b>/who_spoke_before.sql": " " * 70_000,
        "mallory/think_time.sql": "SELECT * FROM read_text('/etc/passwd')",
        "mallory/37.sql": "SELECT 1; DROP TABLE turns",
        "readme.txt": "hand in by Friday",
    }
    for name, text in answers.items():
        path = home / "class" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    (home / "class" / "mallory" / "who_spoke_before.sql").symlink_to("/etc/passwd")
    os.mkfifo(home / "class" / "mallory" / "W2.sql")
    (home / "class" / "nobody").mkdir()
    (home / "class" / "linked").symlink_to("ana")
    return home


@pytest.fixture(scope="module")
def grade(school: Path) -> Iterator[Grade]:
    """`laglead grade` in the school, with a cache of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(school)
        patch.setenv("XDG_CACHE_HOME", str(school / "cache"))
        yield lambda *arguments: run(["grade", *arguments])


@pytest.fixture(scope="module")
def graded(school: Path, grade: Grade) -> Path:
    """The folder with the class's grades."""
    assert grade("class") == 0
    return school / "class-grades"


def read_json(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "grades.json").read_text())
    return found


def verdicts(folder: Path) -> dict[str, dict[str, str]]:
    learners = read_json(folder)["learners"]
    return {one["learner"]: {name: cell["verdict"] for name, cell in one["answers"].items()} for one in learners}


def test_every_learner_gets_the_verdict_of_the_own_answers_and_harms_nobody(graded: Path) -> None:
    assert verdicts(graded) == {
        "=cmd|'C calc'!A0": {"users_without_feedback": "error", "who_spoke_before": "refused"},
        "ana": {"users_without_feedback": "passed", "think_time": "passed", "who_spoke_before": "passed"},
        "Bob van Dyk": {"users_without_feedback": "passed", "think_time": "differs"},
        "mallory": {
            "users_without_feedback": "refused",
            "think_time": "refused",
            "who_spoke_before": "refused",
            "how_it_ended": "refused",
        },
        "nobody": {},
        "Zoë <b>": {"users_without_feedback": "differs", "think_time": "passed", "who_spoke_before": "refused"},
    }


def test_what_is_not_judged_is_listed_with_the_reason(graded: Path) -> None:
    strays = {stray["file"]: stray["reason"] for stray in read_json(graded)["not_judged"]}
    assert strays["=cmd|'C calc'!A0/think_tme.sql"].endswith("did you mean think_time.sql?")
    assert strays["Zoë <b>/think_time (1).sql"].endswith("did you mean think_time.sql?")
    assert strays["Bob van Dyk/notes.txt"] == "not an .sql file"
    assert set(strays) >= {"linked", "readme.txt"}


def test_a_rejection_carries_its_message_and_the_rows_that_prove_it(graded: Path) -> None:
    learners = {one["learner"]: one["answers"] for one in read_json(graded)["learners"]}
    cell = learners["Bob van Dyk"]["think_time"]
    assert cell["message"] == wrong(THINK).splitlines()[0].removeprefix("-- mistake: ")
    assert cell["counterexample"]["tables"]
    assert learners["mallory"]["who_spoke_before"]["message"].startswith("mallory/who_spoke_before.sql is a link")
    exercises = {one["id"]: one for one in read_json(graded)["exercises"]}
    assert exercises["think_time"]["mistakes"][0] == {"mistake": cell["message"], "count": 1}


def written(folder: Path) -> list[bytes]:
    return [(folder / f"grades.{form}").read_bytes() for form in ("csv", "json", "html")]


def test_another_run_writes_the_same_bytes_from_what_is_kept(graded: Path, grade: Grade) -> None:
    first = written(graded)
    assert grade("class") == 0
    assert written(graded) == first


def test_identical_answers_are_judged_once_and_answers_that_were_not_read_never(graded: Path) -> None:
    lines = [json.loads(line) for line in (graded / "journal.jsonl").read_text().splitlines()]
    assert sorted(line["exercise"] for line in lines) == [
        "think_time",
        "think_time",
        "think_time",
        "think_time",
        "users_without_feedback",
        "users_without_feedback",
        "users_without_feedback",
        "users_without_feedback",
        "who_spoke_before",
    ]


def test_a_copy_under_other_names_is_grouped_by_its_first_learner(graded: Path) -> None:
    similar = read_json(graded)["similar"]
    assert similar["note"] == "similar, not proof of copying"
    assert {(group["exercise"], *group["learners"]) for group in similar["groups"]} == {
        ("think_time", "ana", "Zoë <b>"),
        ("users_without_feedback", "ana", "Bob van Dyk"),
    }


class Page(HTMLParser):
    """What a page holds: its tags, and the numbers of what is opened by buttons."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.opened: set[str] = set()
        self.panels: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.links += [str(found[name]) for name in ("src", "href") if name in found]
        if "popovertarget" in found:
            self.opened.add(str(found["popovertarget"]))
        if "popover" in found:
            self.panels.add(str(found["id"]))


def test_the_page_is_whole_without_network_script_or_trust_in_names(graded: Path) -> None:
    text = (graded / "grades.html").read_text(encoding="utf-8")
    page = Page(text)
    assert not page.tags & {"script", "link", "img", "iframe"}
    assert (page.links, page.opened) == ([], page.panels)
    assert "url(" not in text
    assert "Zoë &lt;b&gt;" in text
    assert "similar, not proof of copying" in text


def test_the_spreadsheet_has_a_line_a_learner_and_no_formula(graded: Path) -> None:
    with (graded / "grades.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["learner"]: row for row in csv.DictReader(file)}
    assert rows["ana"]["passed"] == "3"
    assert rows["nobody"]["think_time"] == "missing"
    assert "'=cmd|'C calc'!A0" in rows


def test_ctrl_c_keeps_what_is_judged_and_the_same_command_goes_on_to_the_same_bytes(school: Path, graded: Path) -> None:
    """Ctrl-C comes after the first verdict is kept; what was kept is not judged again, nor is the other run's."""
    environment = os.environ | {"XDG_CACHE_HOME": str(school / "cache")}
    command = [sys.executable, "-m", "laglead", "grade", "class", "--out", "stopped", "--workers", "1"]
    kept = school / "stopped" / "journal.jsonl"
    with subprocess.Popen(command, cwd=school, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not (kept.exists() and kept.stat().st_size):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    before = kept.read_text()
    assert process.returncode == 130, said
    assert f"Stopped. {len(before.splitlines())} of 9 different answers are judged" in said
    kept.write_text(before + '{"key": "cut sho')
    assert subprocess.run(command, cwd=school, env=environment, capture_output=True, check=False).returncode == 0
    assert kept.read_text().startswith(before)
    assert len(kept.read_text().splitlines()) == 9
    assert written(school / "stopped") == written(graded)


def test_a_class_without_learners_or_answers_says_what_belongs_where(
    school: Path, grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    (school / "empty").mkdir()
    (school / "misnamed" / "ana").mkdir(parents=True)
    (school / "misnamed" / "ana" / "think_tim.sql").write_text("SELECT 1")
    for arguments, words in {
        ("empty",): "no learner's folder",
        ("misnamed",): "did you mean think_time.sql?",
        ("nowhere",): "no such folder",
        ("class", "--out", "class/grades"): "--out FOLDER",
        ("class", "--exercise", "think_tim"): "think_time",
        ("class", "--workers", "0"): "--workers",
    }.items():
        assert grade(*arguments) == 2
        assert words in capsys.readouterr().err


def test_exercises_that_were_set_but_never_answered_have_a_column(
    school: Path, grade: Grade, graded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--exercise", "think_time", "--exercise", "54")
    (school / "asked").mkdir()
    shutil.copy(graded / "journal.jsonl", school / "asked")
    assert grade("class", *asked, "--out", "asked", "--format", "csv") == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head == "learner,passed,of,think_time,time_to_detect"
    assert "ana,1,2,passed,missing" in rows
