"""How long a person waits in `laglead watch`, from the save to the verdict on the screen: `make bench`.

The watch runs in a pseudo-terminal. A right and a wrong answer are saved in turns, as editors do: written in place
and renamed into place. The time counts until the terminal has the whole screen. docs/performance.md holds a real run.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from checker.dataset import NATIVE
from checker.exercise import Exercise
from laglead import curriculum
from laglead.workspace import Workspace, create

EXERCISES = ("sittings_30_minutes", "users_without_feedback", "low_to_high_in_three")
SAVES, PAUSE_SECONDS, PATIENCE_SECONDS = 40, 1.0, 60.0
TARGET_MS = 250


@dataclass(frozen=True, slots=True)
class Terminal:
    """A running watch and its terminal."""

    descriptor: int

    def wait(self, *signs: str) -> str:
        """Read until one of these stands on the screen with the prompt below it; says which."""
        seen, until = b"", time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if select.select([self.descriptor], [], [], 0.5)[0]:
                seen += os.read(self.descriptor, 1 << 16)
            shown = seen.rpartition(b"\x1b[H")[2].decode(errors="replace")
            found = next((sign for sign in signs if sign in shown and "q: quit" in shown), None)
            if found is not None:
                return found
        sys.exit(f"the watch never showed {' or '.join(signs)}; its last screen:\n{seen.decode(errors='replace')}")

    def forget(self) -> None:
        """Read away what was drawn so far."""
        while select.select([self.descriptor], [], [], 0)[0]:
            os.read(self.descriptor, 1 << 16)


@contextmanager
def watching(here: Workspace, exercise: Exercise) -> Iterator[Terminal]:
    """A watch of this exercise, with its first screen drawn and everything warm."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "NO_COLOR": "1", "XDG_CACHE_HOME": str(here.root / "cache")}
    command = [sys.executable, "-m", "laglead", "watch", exercise.id]
    with subprocess.Popen(
        command, cwd=here.root, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as watch:
        try:
            yield Terminal(ours)
        finally:
            os.write(ours, b"q")
            watch.wait(PATIENCE_SECONDS)
            os.close(ours)
            os.close(theirs)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="a folder that laglead generate filled")
    parser.add_argument("--saves", type=int, default=SAVES, help="how often each exercise is saved")
    options = parser.parse_args()
    if not (options.data / NATIVE).is_file():
        sys.exit(f"{options.data}: there is no practice log. Run: make start")
    print("| save to screen, ms | median | 95th percentile | longest | target (95th) |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        here, _ = create(Path(folder), str(options.data.resolve()))
        for name in EXERCISES:
            for line in _lines(curriculum.find(name), here, options.saves):
                print(line, flush=True)


def _lines(exercise: Exercise, here: Workspace, saves: int) -> Iterator[str]:
    with watching(here, exercise) as terminal:
        saved = list(_saved(exercise, here, terminal, saves))
    for sign, what in (("✓", "right answer"), ("✗", "wrong answer, with its example")):
        taken = sorted(1000 * seconds for shown, seconds in saved if shown == sign)
        high = taken[min(len(taken) - 1, int(0.95 * len(taken)))]
        figures = f"{statistics.median(taken):.0f} | {high:.0f} | {taken[-1]:.0f} | {TARGET_MS}"
        yield f"| {exercise.id} ({exercise.level}), {what} | {figures} |"


def _saved(exercise: Exercise, here: Workspace, terminal: Terminal, saves: int) -> Iterator[tuple[str, float]]:
    """The sign and the seconds of each save; the first of each kind only warm up."""
    texts = {"✗": exercise.wrong[-1].read_text(), "✓": exercise.reference.read_text()}
    file = here.answer(exercise)
    terminal.wait(exercise.title)
    for number in range(-4, saves):
        sign, text = list(texts.items())[number % 2]
        terminal.forget()
        new = file.with_name("new.sql")
        new.write_text(f"{text}\n-- save {number}\n")
        started = time.perf_counter()
        if number % 4 < 2:
            file.write_bytes(new.read_bytes())
        else:
            new.replace(file)
        terminal.wait(sign)
        if number >= 0:
            yield sign, time.perf_counter() - started
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    main()
