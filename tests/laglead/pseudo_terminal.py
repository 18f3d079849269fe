"""A command in a pseudo-terminal: what a person would see, type, resize and interrupt."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PATIENCE_SECONDS = 60.0
# Keys such as Ctrl-C are signals to those whose controlling terminal it is.
PROGRAM = """
import fcntl, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from laglead.__main__ import main
main()
"""


class PseudoTerminal:
    """A running `laglead ...` and its terminal."""

    def __init__(self, folder: Path, *arguments: str, columns: int = 80, rows: int = 40, **environment: str) -> None:
        self.descriptor, theirs = pty.openpty()
        self.resize(columns, rows)
        self.before = termios.tcgetattr(theirs)
        kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
        home = {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / ".cache"), "TERM": "xterm"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments],
            cwd=folder,
            env=kept | home | environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        self.theirs = theirs
        self.output = ""

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, keys: str) -> None:
        os.write(self.descriptor, keys.encode())

    def screen(self) -> str:
        """The last screen, without escape sequences; a `\\r` begins its line again."""
        self._read()
        text = ESCAPES.sub("", self.output.rpartition("\x1b[H")[2]).replace("\r\n", "\n")
        return "\n".join(line.rpartition("\r")[2] for line in text.split("\n"))

    def wait(self, wanted: Callable[[str], bool]) -> str:
        """The first screen of which this is true."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not wanted(shown := self.screen()):
            assert time.monotonic() < until, f"it never came; the last screen is:\n{shown}"
            time.sleep(0.01)
        return shown

    def see(self, *words: str) -> str:
        """The first screen with all these words."""
        return self.wait(lambda shown: all(word in shown for word in words))

    def end(self, patience: float = PATIENCE_SECONDS) -> int:
        """The exit code, once it ended by itself."""
        until = time.monotonic() + patience
        while self.process.poll() is None:
            self._read()
            assert time.monotonic() < until, "it does not end"
        self._read()
        return self.process.returncode

    def descendants(self) -> list[int]:
        """The processes that it started, and those that they started."""
        parents = dict(_parents())
        found, last = [], {self.process.pid}
        while last:
            last = {child for child, parent in parents.items() if parent in last}
            found += last
        return found

    def is_restored(self) -> bool:
        """Whether the terminal echoes and waits for Enter, as it did before."""
        return termios.tcgetattr(self.theirs)[:4] == self.before[:4]

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while select.select([self.descriptor], [], [], 0.01)[0]:
                self.output += os.read(self.descriptor, 1 << 16).decode(errors="replace")

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE_SECONDS)
        os.close(self.descriptor)
        os.close(self.theirs)


def is_running(process: int) -> bool:
    """Whether a process is there and not only waiting to be reaped."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _parents() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            yield int(entry.name), int((entry / "stat").read_text().rpartition(")")[2].split()[1])
