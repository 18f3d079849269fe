"""Adding a rule, an exercise, a kind of mess or a command is one file or folder: drop one in and it is there."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from copies import CHECKOUT, laglead, run

UNITS = Path(__file__).parent / "units"
WARM_UP = Path("exercises") / "25_sessionization" / "10_sittings_30_minutes"


def drop_in(folder: Path, model: str, name: str, **words: str) -> None:
    """A new unit beside `model`: the same file under another name, with these words replaced."""
    text = (folder / f"{model}.py").read_text(encoding="utf-8")
    for old, new in words.items():
        text = text.replace(old, new)
    (folder / f"{name}.py").write_text(text, encoding="utf-8")


def test_a_rule_is_one_file(copied: Path, tmp_path: Path) -> None:
    drop_in(copied / "checker" / "rules", "equals_null", "equals_nothing", NUL001="NUL901")
    (tmp_path / "unlabelled.sql").write_text("SELECT turn_index FROM turns WHERE risk = NULL\n")
    found = laglead(copied, tmp_path, "lint", "unlabelled.sql")
    assert found.returncode == 1, found.stderr
    assert "NUL901" in found.stdout
    assert "NUL901 equals_nothing" in laglead(copied, tmp_path, "explain", "equals_nothing").stdout


def test_a_command_is_one_file(copied: Path, tmp_path: Path) -> None:
    shutil.copy(UNITS / "greet.py", copied / "laglead" / "cli")
    assert laglead(copied, tmp_path, "greet").stdout == "hello from one file\n"
    assert "Say hello to whoever asks." in laglead(copied, tmp_path, "--help").stdout


def test_an_exercise_is_one_folder(copied: Path, tmp_path: Path) -> None:
    folder = copied / "exercises" / "25_sessionization" / "99_dropped_in"
    shutil.copytree(copied / WARM_UP, folder)
    text = (folder / "exercise.md").read_text(encoding="utf-8")
    text = text.replace('id = "sittings_30_minutes"', 'id = "dropped_in"').replace('number = "1"', 'number = "901"')
    (folder / "exercise.md").write_text(text, encoding="utf-8")
    assert "901  dropped_in" in laglead(copied, tmp_path, "list").stdout
    assert "One conversation, several sittings" in laglead(copied, tmp_path, "show", "901").stdout


def test_a_kind_of_mess_is_one_file_and_moves_nothing_else(copied: Path, tmp_path: Path) -> None:
    """The dropped-in kind touches its rows; at rate 0 the log is what it was without the file."""

    def log(copy: Path, mess: str) -> list[str]:
        done = run([sys.executable, str(UNITS / "print_small_log.py"), str(copy), mess], tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    drop_in(copied / "generator" / "mess", "late_arrival", "late_homework", late_arrival="late_homework")
    touched, messy = log(copied, '{"late_homework": 0.5}')
    untouched, clean = log(copied, '{"late_homework": 0}')
    _, before = log(CHECKOUT, "{}")
    assert int(touched) > 100
    assert untouched == "0"
    assert clean == before != messy
