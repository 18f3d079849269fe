"""The workspace: found from anywhere inside it, made without harm, answers never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from laglead import curriculum, workspace
from laglead.errors import Mistake


def test_a_workspace_is_found_from_below(tmp_path: Path) -> None:
    made, new = workspace.create(tmp_path / "ws", "data")
    (tmp_path / "ws" / "a" / "b").mkdir(parents=True)
    assert new
    assert workspace.find(tmp_path / "ws" / "a" / "b") == made


def test_a_checkout_holds_its_workspace_in_data(tmp_path: Path) -> None:
    made, _ = workspace.create(tmp_path / "data", ".")
    assert workspace.find(tmp_path) == made
    assert made.data == (tmp_path / "data").resolve()


def test_there_is_no_workspace_in_an_empty_folder(tmp_path: Path) -> None:
    assert workspace.find(tmp_path) is None


def test_making_a_workspace_again_keeps_its_settings(tmp_path: Path) -> None:
    workspace.create(tmp_path, "elsewhere")
    again, new = workspace.create(tmp_path, "data")
    assert not new
    assert again.data == tmp_path / "elsewhere"


@pytest.mark.parametrize("text", ["[workspace\n", "[workspace]\ndata = 3\n", "\xff"])
def test_broken_settings_are_named_with_the_next_step(tmp_path: Path, text: str) -> None:
    (tmp_path / "laglead.toml").write_text(text, encoding="latin-1")
    with pytest.raises(Mistake, match=r"laglead\.toml"):
        workspace.find(tmp_path)


def test_an_answer_begins_as_the_starter_and_is_never_overwritten(tmp_path: Path) -> None:
    here, _ = workspace.create(tmp_path, "data")
    exercise = curriculum.find("1")
    path, made = here.begin(exercise)
    assert made
    assert path.read_text() == exercise.starter.read_text()
    path.write_text("SELECT 'mine'")
    assert here.begin(exercise) == (path, False)
    assert path.read_text() == "SELECT 'mine'"


def test_reset_keeps_every_old_answer(tmp_path: Path) -> None:
    here, _ = workspace.create(tmp_path, "data")
    exercise = curriculum.find("1")
    assert here.reset(exercise) is None
    for text in ("SELECT 'first'", "SELECT 'second'"):
        here.answer(exercise).write_text(text)
        here.reset(exercise)
    assert here.answer(exercise).read_text() == exercise.starter.read_text()
    kept = [path.read_text() for path in here.answers.iterdir() if path != here.answer(exercise)]
    assert sorted(kept) == ["SELECT 'first'", "SELECT 'second'"]
