"""Where the interview is held: a terminal with a line editor, or a pipe that is echoed so that it can be read."""

from __future__ import annotations

import sys
from typing import Protocol

from laglead.terminal import clean


class Console(Protocol):
    """Reads lines and shows text."""

    is_live: bool

    def read(self, prompt: str) -> str | None:
        """The next line without its end; None when there are no more."""

    def write(self, text: str) -> None:
        """Show lines of text."""


class Terminal:
    """A person at a keyboard."""

    is_live = True

    def __init__(self) -> None:
        import readline  # noqa: F401, PLC0415 - its presence gives input() an editor and a history

    def read(self, prompt: str) -> str | None:
        try:
            return input(prompt)
        except EOFError:
            print()
            return None

    def write(self, text: str) -> None:
        print(text, flush=True)


class Piped:
    """Lines from a file or a pipe: each is echoed after its prompt, and the screen reads like a session."""

    is_live = False

    def read(self, prompt: str) -> str | None:
        line = sys.stdin.readline()
        if not line:
            return None
        self.write(prompt + clean(line.rstrip("\n")))
        return line.rstrip("\n")

    def write(self, text: str) -> None:
        print(text, flush=True)


def console() -> Console:
    """The one that fits."""
    return Terminal() if sys.stdin.isatty() and sys.stdout.isatty() else Piped()
