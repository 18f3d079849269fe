"""Interviews as scripts: what was typed, how the clock ran, and the transcript that a candidate reads.

A folder of `interviews/` is one interview: `script.txt` (lines that are typed; `@ 9 minutes` lets the clock run,
`@ flagship = FILE` writes a part's file from the exercise or the folder, `@ crash` ends the process between two
lines), and `transcript.txt`, with the report at its end where the script says `report=yes`. Write them anew with
LAGLEAD_GOLDEN=1, and read them.
"""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from checker import dataset as datasets
from checker.dataset import Dataset
from generator import pipeline
from generator.plan import Plan
from laglead.interview import closing, plan, room
from laglead.interview.part import part_of
from laglead.interview.report import InterviewReport
from laglead.interview.report_html import report_html
from laglead.interview.report_text import report_text

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
    found = datasets.open_dataset(folder)
    with duckdb.connect(str(found.native)) as connection:
        # A sixth of the small databases is enough to tell right from wrong here.
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'worlds'").fetchall()
        for (name,) in tables:
            connection.execute(f'DELETE FROM worlds."{name}" WHERE world // 2 % 6 <> 0')
    return found


def _held(case: Path, root: Path, data: Dataset, monkeypatch: pytest.MonkeyPatch) -> str:
    """The transcript of a script, through all of its crashes."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / ".cache"))
    first, *lines = (case / "script.txt").read_text(encoding="utf-8").splitlines()
    settings = dict(word.split("=") for word in first.removeprefix("# ").split())
    minutes, report = int(settings.pop("minutes")), settings.pop("report", "no")
    monkeypatch.setattr(plan, "draw", lambda sheets, tracks, seed: plan.from_json(settings, sheets))
    clock = FakeClock()
    script = Script(iter(lines), clock, case)
    script.root = root
    for _ in range(5):
        place = room.Room(root, data, script, clock)
        try:
            desk = room.hold(place, room.Wanted(minutes))
            break
        except Crash:
            script.write("\n(killed)\n")
    if desk.session.is_over(clock()) and report == "yes":
        found, page = closing.close(desk.session, data, clock, cache=root / ".cache", progress=lambda *_: None)
        script.write(report_text(found))
        assert page.read_text(encoding="utf-8") == report_html(found)
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


def _in_a_terminal(root: Path, *arguments: str) -> tuple[subprocess.Popen[bytes], int]:
    """The command in a terminal of its own, 80 columns wide, and the terminal's other end."""
    reading, terminal = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "80", "NO_COLOR": "1", "XDG_CACHE_HOME": str(root / ".c")}
    command = [sys.executable, "-m", "laglead", "interview", *arguments]
    child = subprocess.Popen(
        command, cwd=root, env=environment, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True
    )
    os.close(terminal)
    return child, reading


def _until(reading: int, wanted: str) -> str:
    """What the terminal shows up to the wanted words."""
    seen, deadline = b"", time.monotonic() + 60
    while wanted.encode() not in seen and time.monotonic() < deadline:
        if select.select([reading], [], [], 1)[0]:
            try:
                seen += os.read(reading, 4096)
            except OSError:  # Linux ends a closed terminal by an error
                break
    text = seen.decode().replace("\r", "")
    assert wanted in text, text
    return text


def _press_ctrl_c(child: subprocess.Popen[bytes]) -> None:
    """Again until it ends: a signal that comes just before the line editor waits is seen with the next one."""
    for _ in range(20):
        os.killpg(child.pid, signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=10)
            return


@pytest.fixture
def workspace(tmp_path: Path, data: Dataset) -> Path:
    (tmp_path / "laglead.toml").write_text(f'[workspace]\ndata = "{data.folder}"\n')
    return tmp_path


def test_in_a_terminal_it_survives_a_kill_and_ctrl_c_and_goes_on(workspace: Path) -> None:
    child, reading = _in_a_terminal(workspace, "--seed", "3", "--minutes", "60")
    try:
        shown = _until(reading, "] > ")
        assert max(map(len, shown.splitlines())) <= 80
        os.write(reading, b"assume nothing is lost\n")
        _until(reading, "Written down.")
    finally:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        os.close(reading)
    child, reading = _in_a_terminal(workspace)
    try:
        shown = _until(reading, "] > ")
        assert "the clock went on: " in shown
        assert "Warm-up" in shown
        _press_ctrl_c(child)
        assert child.wait() == 130
        _until(reading, "Stopped. Nothing was lost.")
    finally:
        child.kill()
        child.wait()
        os.close(reading)
    (file,) = workspace.glob("interviews/*/session.jsonl")
    assert "nothing is lost" in file.read_text()


def _run(root: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "laglead", "interview", *arguments]
    environment = os.environ | {"XDG_CACHE_HOME": str(root / ".cache")}
    return subprocess.run(command, cwd=root, env=environment, input=typed, capture_output=True, text=True, check=False)


def test_what_cannot_be_asked_for_is_said_with_the_next_step(workspace: Path) -> None:
    unknown = _run(workspace, "--tracks", "cookery")
    assert unknown.returncode == 2
    assert "backtracking, escalation, sessionization" in unknown.stderr
    nothing = _run(workspace, "--report")
    assert (nothing.returncode, nothing.stderr) == (2, "There is no interview here. Hold one: laglead interview\n")
    left = _run(workspace, "--seed", "1", typed="quit\n")
    assert left.returncode == 0
    assert "Back in: laglead interview" in left.stdout
    early = _run(workspace, "--report")
    assert early.returncode == 2
    assert "is not over. Go on with it: laglead interview" in early.stderr


def test_the_page_needs_nothing_from_elsewhere_and_believes_no_text() -> None:
    page = report_html(
        InterviewReport(
            "n", BEGAN, 60, 1, (("<b>", "<i>"),), (), "<script>alert(1)</script>", 2, (), (), (("q", "a<b"),)
        )
    )
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "a&lt;b" in page
    assert not re.search(r"https?://|src=|url\(|@import|<link", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
