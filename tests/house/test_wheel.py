"""The wheel, installed into an empty environment outside the checkout, is all that a learner needs."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from copies import CHECKOUT, laglead, run

PINNED = re.compile(r"^([a-z0-9.-]+==\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def bin_folder(copied: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment that holds the wheel and what it depends on, as the lock file pins it."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)], copied)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("*.whl")
    pins = PINNED.findall((CHECKOUT / "requirements.lock").read_text(encoding="utf-8"))
    (folder / "pins.txt").write_text("\n".join(pins), encoding="utf-8")
    assert run([sys.executable, "-m", "venv", str(folder / "empty")], folder).returncode == 0
    pip = [str(folder / "empty" / "bin" / "python"), "-m", "pip", "install", "--quiet", "--constraint", "pins.txt"]
    installed = run([*pip, str(wheel)], folder)
    assert installed.returncode == 0, installed.stderr
    return folder / "empty" / "bin"


def test_from_an_installed_wheel_to_a_verdict(bin_folder: Path, tmp_path: Path) -> None:
    """`laglead init ws && cd ws && laglead generate && laglead check ...`, with the exercises inside the wheel."""
    program = str(bin_folder / "laglead")
    assert run([program, "init", "ws"], tmp_path).returncode == 0
    here = tmp_path / "ws"
    made = run([program, "generate", "--users", "100"], here)
    assert made.returncode == 0, made.stderr
    listed = json.loads(run([program, "list", "--format", "json"], here).stdout)
    assert len(listed["exercises"]) == len(list((CHECKOUT / "exercises").glob("*/*/exercise.md")))
    assert run([program, "show", "sittings_30_minutes"], here).returncode == 0
    starter = run([program, "check", "sittings_30_minutes"], here)
    assert (starter.returncode, starter.stderr) == (1, "")
    assert "smallest example" in starter.stdout
    answer = CHECKOUT / "exercises" / "25_sessionization" / "10_sittings_30_minutes" / "reference.sql"
    shutil.copy(answer, here / "answers" / "sittings_30_minutes.sql")
    right = run([program, "check", "sittings_30_minutes"], here)
    assert (right.returncode, right.stderr) == (0, ""), right.stdout
    assert run([program, "doctor"], here).returncode == 0


def test_the_wheel_lists_what_the_checkout_lists(bin_folder: Path, tmp_path: Path) -> None:
    installed = run([str(bin_folder / "laglead"), "list"], tmp_path)
    assert installed.stdout == laglead(CHECKOUT, tmp_path, "list").stdout
