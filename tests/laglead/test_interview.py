"""Interviews as scripts: what was typed, how the clock ran, and the transcript that a candidate reads.

A folder of `interviews/` is one interview: `script.txt` (lines that are typed; `@ 9 minutes` lets the clock run,
`@ flagship = FILE` writes a part's file from the exercise or the folder, `@ crash` ends the process between two
lines), `transcript.txt`, and `report.txt` where it comes to one. Write them anew with LAGLEAD_GOLDEN=1, and read them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checker import dataset as datasets
from checker.dataset import Dataset
from generator import pipeline
from generator.plan import Plan
from laglead.interview import plan, room
from laglead.interview.part import part_of

CASES = Path(__file__).parent / "interviews"
BEGAN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


class Crash(Exception):
    """The process is killed."""


class FakeClock:
    """Stands still until a script lets it run."""

    def __init__(self) -> None:
        self.time = BEGAN

    def __call__(self) -> datetime:
        return self.time


class Script:
    """A console that types the lines of a script and keeps what is shown."""

    is_live = False

    def __init__(self, lines: Iterator[str], clock: FakeClock, case: Path) -> None:
        self.lines, self.clock, self.case = lines, clock, case
        self.shown: list[str] = []
        self.desk_folder: Path | None = None
        self.exercises: dict[str, Path] = {}

    def read(self, prompt: str) -> str | None:
        for line in self.lines:
            if line.startswith("@ "):
                self._direct(line.removeprefix("@ ").strip())
            else:
                self.write(prompt + line)
                return line
        return None

    def write(self, text: str) -> None:
        self.shown.append(text)

    def _direct(self, order: str) -> None:
        if order == "crash":
            raise Crash
        if found := re.fullmatch(r"(-?\d+) (seconds|minutes|hours)", order):
            self.clock.time += timedelta(**{found[2]: int(found[1])})
            return
        name, _, file = order.partition(" = ")
        folder = sorted(self.root.glob("interviews/*"))[-1]
        target = folder / ("rows.txt" if name == "review" else f"{part_of(name).key}.sql")
        sources = [self.case / file, *EXERCISES.glob(f"*/{file}")]
        target.write_text(next(path for path in sources if path.is_file()).read_text(encoding="utf-8"))

    root: Path


EXERCISES = Path(__file__).parents[2] / "exercises"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("log")
    pipeline.generate(Plan(seed=7, users=15), folder, thresholds=("30 minutes", "60 minutes"), finish=datasets.build)
    return datasets.open_dataset(folder)


def _held(case: Path, root: Path, data: Dataset, monkeypatch: pytest.MonkeyPatch) -> str:
    """The transcript of a script, through all of its crashes."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / ".cache"))
    first, *lines = (case / "script.txt").read_text(encoding="utf-8").splitlines()
    settings = dict(word.split("=") for word in first.removeprefix("# ").split())
    minutes = int(settings.pop("minutes"))
    monkeypatch.setattr(plan, "draw", lambda sheets, tracks, seed: plan.from_json(settings, sheets))
    clock = FakeClock()
    script = Script(iter(lines), clock, case)
    script.root = root
    for _ in range(5):
        place = room.Room(root, data, script, clock)
        try:
            room.hold(place, room.Wanted(minutes))
            break
        except Crash:
            script.write("\n(killed)\n")
    return "\n".join(script.shown) + "\n"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_an_interview_reads_as_it_was_written(
    case: Path, tmp_path: Path, data: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcript = _held(case, tmp_path, data, monkeypatch)
    golden = case / "transcript.txt"
    if os.environ.get("LAGLEAD_GOLDEN"):
        golden.write_text(transcript, encoding="utf-8")
    assert transcript == golden.read_text(encoding="utf-8")
