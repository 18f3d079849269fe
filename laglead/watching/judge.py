"""A process that judges: it keeps everything loaded, and can be given up while it works.

The keys are answered at once because the judging happens elsewhere; what takes too long for a text that is no
longer in the file is ended with its process.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Pipe
from os import getpid
from pathlib import Path

from checker.verdict import Report
from laglead.after_pass import Worth

PROGRAM = "import sys; sys.path[:] = {path!r}; from laglead.watching.judge_child import main; main{arguments!r}"
PATIENCE_SECONDS = 10.0


class Purpose(Enum):
    """What is asked for."""

    CHECK = "a verdict for the learner"
    WARM = "a verdict that nobody reads, so that the next one comes at once"
    WORTH = "what a right answer costs"


@dataclass(frozen=True, slots=True)
class Request:
    """Look at this file as an answer to the exercise of that id, on the data set in `data`."""

    purpose: Purpose
    exercise: str
    answer: Path
    data: Path


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an answer could not be judged, in words that end with the next step."""

    message: str


class Judge:
    """One judging process, started anew when it was given up or died."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._connection, theirs = Pipe()
        program = PROGRAM.format(path=sys.path, arguments=(theirs.fileno(), getpid()))
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", program],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the one that has the terminal
        )
        theirs.close()

    def fileno(self) -> int:
        """The descriptor that can be read when a report is there."""
        return self._connection.fileno()

    def ask(self, request: Request) -> None:
        """Begin to judge; ask for one thing at a time."""
        try:
            self._connection.send(request)
        except OSError:
            self.give_up()
            self._connection.send(request)

    def report(self) -> Report | Worth | Trouble | None:
        """What came of it; None while it works."""
        try:
            if not self._connection.poll():
                return None
            found = self._connection.recv()
        except (EOFError, OSError):
            self.give_up()
            return Trouble("The process that judges ended. Press r to try again; if it happens again: laglead doctor")
        return found if isinstance(found, Report | Worth | Trouble) else None

    def give_up(self) -> None:
        """End what it does, and have another process ready."""
        self.close()
        self._start()

    def close(self) -> None:
        """End the process, and with it all that it started."""
        self._connection.close()
        self._process.kill()
        self._process.wait(PATIENCE_SECONDS)
