"""What authors run: a new folder verifies, and a broken one is told precisely what is wrong and where."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from checker.dataset import Dataset, open_dataset
from checker.verification import Verification, verify
from laglead import verification_report
from laglead.scaffold import scaffold

BROKEN = sorted((Path(__file__).parent / "broken").iterdir())
SLUG = "turns_per_conversation"


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key not in ("LAGLEAD_DEBUG", "NO_COLOR")}
    environment = clean | {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
    command = [sys.executable, "-m", "laglead", *arguments]
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small data set in `data` and a new exercise in `exercises`."""
    folder = tmp_path_factory.mktemp("author")
    assert run(folder, "init", ".").returncode == 0
    made = run(folder, "generate", "--users", "60")
    assert made.returncode == 0, made.stderr
    scaffold(folder / "exercises", "counting", SLUG)
    return folder


@pytest.fixture(scope="module")
def data(home: Path) -> Dataset:
    return open_dataset(home / "data")


@pytest.fixture(scope="module")
def whole(home: Path, data: Dataset) -> Verification:
    folder = home / "exercises" / "10_counting" / f"10_{SLUG}"
    return verify(folder, [data], cache=home / "kept")


def test_a_new_exercise_verifies_as_it_is(whole: Verification) -> None:
    assert [str(problem) for problem in whole.problems] == []
    assert (whole.right, whole.wrong, whole.orders) == (2, 4, 64)
    assert whole.proof is not None
    assert len(whole.proof.judged) > 15


@pytest.mark.parametrize("case", BROKEN, ids=lambda path: path.name)
def test_a_broken_exercise_is_told_what_is_wrong_and_where(
    case: Path, home: Path, data: Dataset, whole: Verification, tmp_path: Path
) -> None:
    folder = tmp_path / "10_counting" / whole.folder.name
    shutil.copytree(whole.folder, folder)
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    found = verify(folder, [data], cache=home / "kept")
    told = [f"{p.file.relative_to(folder).as_posix()}:{p.line}: {p.problem}" for p in found.problems]
    expected = (case / "expected.txt").read_text(encoding="utf-8").strip()
    assert any(line.startswith(expected) for line in told), told
    assert not found.passed


def test_the_reports_for_programs_say_the_same(whole: Verification, home: Path) -> None:
    broken = verify(home / "nowhere" / "10_lost", [], cache=home / "kept")
    found = [whole, broken]
    listed = verification_report.as_json(found)["exercises"]
    assert [one["status"] for one in listed] == ["passed", "failed"]
    assert set(listed[0]) == {
        "id", "status", "seeds", "right", "wrong", "permutations", "mutants", "seconds", "problems",
    }  # fmt: skip
    assert set(listed[0]["mutants"]) == {"generated", "invalid", "killed", "equivalent", "waived", "alive"}
    assert sum(listed[0]["mutants"].values()) == 2 * listed[0]["mutants"]["generated"]
    assert listed[1]["problems"][0]["line"] == 1
    suite = ElementTree.fromstring(verification_report.as_junit(found))
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    results = verification_report.as_sarif(found)["runs"][0]["results"]
    assert [result["message"]["text"] for result in results] == [problem.problem for problem in broken.problems]


def test_verify_prints_one_object_and_its_exit_code_tells(home: Path) -> None:
    done = run(home, "author", "verify", SLUG, "--root", "exercises", "--data", "data", "--format", "json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["exercises"][0]["id"] == SLUG


def test_mutants_are_listed_and_shown_whole(home: Path) -> None:
    options = (SLUG, "--root", "exercises", "--data", "data")
    done = run(home, "author", "mutants", *options)
    assert done.returncode == 0
    assert "killed" in done.stdout
    shown = run(home, "author", "mutants", *options, "--mutant", "P04.1")
    assert "You do not filter at all" in shown.stdout
    assert "GROUP BY" in shown.stdout
    assert run(home, "author", "mutants", *options, "--mutant", "X99.1").returncode == 2


def test_a_suggestion_becomes_a_wrong_answer_that_verifies(home: Path, data: Dataset, tmp_path: Path) -> None:
    root = tmp_path / "exercises"
    folder = scaffold(root, "counting", SLUG)
    options = (SLUG, "--root", str(root), "--data", str(home / "data"))
    listed = json.loads(run(home, "author", "suggest", *options, "--format", "json").stdout)["suggestions"]
    assert listed
    assert all(one["text"].startswith("-- mistake: ") for one in listed)
    done = run(home, "author", "suggest", *options, "--write", listed[0]["id"])
    assert done.returncode == 0, done.stderr
    assert len(list((folder / "wrong").iterdir())) == 5
    assert verify(folder, [data], cache=home / "kept").passed


def test_a_preview_shows_what_a_learner_sees(home: Path) -> None:
    shown = run(home, "author", "preview", SLUG, "--root", "exercises").stdout
    assert "The support team wants" in shown
    assert "Which rows are said by a person" in shown
    assert "n_user_turns" in shown
    assert "Portable form" in shown


@pytest.mark.parametrize("name", ["Counting/x", "counting", "counting/two words", "counting/a/b"])
def test_a_bad_name_is_refused_with_an_example(name: str, home: Path) -> None:
    done = run(home, "author", "new", name, "--root", "exercises")
    assert done.returncode == 2
    assert "sessionization/long_breaks" in done.stderr


def test_a_taken_name_is_refused(home: Path) -> None:
    done = run(home, "author", "new", f"counting/{SLUG}", "--root", "exercises")
    assert done.returncode == 2
    assert "is taken" in done.stderr


def test_an_unknown_exercise_names_its_nearest(home: Path) -> None:
    done = run(home, "author", "preview", "turn_per_conversation", "--root", "exercises")
    assert done.returncode == 2
    assert SLUG in done.stderr
