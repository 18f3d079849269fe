"""Exercise folders: a whole one is read, a broken one is named with file, line and the next step."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import ExerciseError
from checker.exercise import Decision, OutputColumn, Tolerance, discover, load

WHOLE = """+++
id = "quiet_hours"
number = "7"
title = "Quiet hours"
track = "lag"
level = "easy"
minutes = 8
concepts = ["lag"]
tables = ["turns"]
sources = []

[output]
columns = [
  {name = "user_id", type = "VARCHAR", meaning = "who"},
  {name = "gap", type = "DOUBLE", meaning = "seconds"},
]

[order]
by = ["user_id", "gap desc"]
ties = "free"

[tolerance]
relative = 1e-6

[worlds]
thresholds = ["30 minutes"]

[[decision]]
question = "Which clock?"
answer = "The server's."

[[hint]]
text = "Look back."

[[hint]]
text = "A window."

[[hint]]
text = "SELECT ..."
+++
**Quiet hours**
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    exercise = tmp_path / "20_lag" / "10_quiet_hours"
    (exercise / "right").mkdir(parents=True)
    (exercise / "wrong").mkdir()
    (exercise / "exercise.md").write_text(WHOLE, encoding="utf-8")
    for name in ("reference.sql", "starter.sql", "explain.md", "right/a.sql", "wrong/b.sql"):
        (exercise / name).write_text("SELECT 1\n", encoding="utf-8")
    return exercise


def test_a_whole_folder_is_read(folder: Path) -> None:
    exercise = load(folder)
    assert (exercise.id, exercise.number, exercise.track, exercise.minutes) == ("quiet_hours", "7", "lag", 8)
    assert exercise.output[1] == OutputColumn("gap", "DOUBLE", "seconds")
    assert exercise.order.by == (("user_id", False), ("gap", True))
    assert exercise.tolerance == Tolerance(relative=1e-6, absolute=1e-12)
    assert exercise.thresholds == ("30 minutes",)
    assert exercise.decisions == (Decision("Which clock?", "The server's."),)
    assert exercise.hints == ("Look back.", "A window.", "SELECT ...")
    assert exercise.prompt == "**Quiet hours**\n"
    assert [path.name for path in (*exercise.right, *exercise.wrong)] == ["a.sql", "b.sql"]


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ('level = "easy"', 'level = "simple"', 6, "allowed: easy, medium, hard"),
        ('title = "Quiet hours"\n', "", 2, "the key 'title' is missing"),
        ("minutes = 8", 'minutes = "8"', 7, "'minutes' must be a whole number"),
        ("minutes = 8", "minutes = true", 7, "'minutes' must be a whole number"),
        ('concepts = ["lag"]', "concepts = [1]", 8, "'concepts' must be a list of texts; 1 is not one"),
        ("sources = []", "source = []", 10, "unknown key 'source'; did you mean 'sources'?"),
        ('id = "quiet_hours"', 'id = "Quiet"', 2, "lower-case words"),
        ('id = "quiet_hours"', 'id = "other"', 2, "make them agree"),
        ('track = "lag"', 'track = "leg"', 5, "allowed: lag"),
        ('"gap desc"', '"gap down"', 19, "'column asc' or 'column desc'"),
        ('"gap desc"', '"age"', 19, "is no output column"),
        ('ties = "free"', 'ties = "fixed"', 20, "allowed: free"),
        ("relative = 1e-6", 'relative = "small"', 23, "a number such as 1e-9"),
        ('answer = "The server\'s."', "", 28, "the key 'answer' is missing in [decision]"),
        ('[[hint]]\ntext = "Look back."\n', "", 33, "there are 2 hints; write three"),
        ("minutes = 8", "minutes = ", 7, "the front matter is not TOML"),
        ('sources = []', 'accepts = ["late.sql"]', 10, "which is not in the folder"),
        ('{name = "gap", type = "DOUBLE", meaning = "seconds"}', '{name = "gap"}', 12, "the key 'type' is missing"),
    ],
)  # fmt: skip
def test_a_broken_front_matter_is_named_with_its_line(
    folder: Path, old: str, new: str, line: int, problem: str
) -> None:
    assert old in WHOLE
    file = folder / "exercise.md"
    file.write_text(WHOLE.replace(old, new), encoding="utf-8")
    with pytest.raises(ExerciseError) as caught:
        load(folder)
    assert problem in caught.value.problem
    assert (caught.value.file, caught.value.line) == (file, line)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"no fence\n", "must begin with a line +++"),
        (b"+++\nid = 'a'\n", "no closing +++"),
        (b"+++\n\xff\n+++\n", "not UTF-8"),
        (b"", "must begin with a line +++"),
    ],
)
def test_a_file_without_front_matter_is_named(folder: Path, text: bytes, problem: str) -> None:
    (folder / "exercise.md").write_bytes(text)
    with pytest.raises(ExerciseError, match=r"exercise\.md:1") as caught:
        load(folder)
    assert problem in caught.value.problem


@pytest.mark.parametrize("name", ["exercise.md", "reference.sql", "starter.sql", "explain.md"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ExerciseError, match=name):
        load(folder)


def test_folders_are_discovered_in_the_order_of_their_numbers(folder: Path) -> None:
    later = folder.parent / "9_noisy_hours"
    later.mkdir()
    for name in ("reference.sql", "starter.sql", "explain.md"):
        (later / name).write_text("SELECT 1\n", encoding="utf-8")
    text = WHOLE.replace("quiet_hours", "noisy_hours").replace('number = "7"', 'number = "8"')
    (later / "exercise.md").write_text(text, encoding="utf-8")
    (folder.parent / "topic.md").write_text("# Lag\n", encoding="utf-8")
    assert [exercise.id for exercise in discover(folder.parent.parent)] == ["noisy_hours", "quiet_hours"]


def test_a_doubled_number_is_an_error(folder: Path) -> None:
    later = folder.parent / "30_noisy_hours"
    later.mkdir()
    for name in ("reference.sql", "starter.sql", "explain.md"):
        (later / name).write_text("SELECT 1\n", encoding="utf-8")
    (later / "exercise.md").write_text(WHOLE.replace("quiet_hours", "noisy_hours"), encoding="utf-8")
    with pytest.raises(ExerciseError, match="number 7 is also used"):
        discover(folder.parent.parent)


def test_the_content_hash_changes_with_the_prompt_and_the_reference_only(folder: Path) -> None:
    before = load(folder).content_hash()
    (folder / "explain.md").write_text("Because.\n", encoding="utf-8")
    assert load(folder).content_hash() == before
    (folder / "reference.sql").write_text("SELECT 2\n", encoding="utf-8")
    assert load(folder).content_hash() != before
