"""The terminal while one key is a command: no echo, no Enter; put back as it was, whatever ends the watch."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
import tty
from types import FrameType, TracebackType
from typing import Any, Self

# What ends a session from outside ends it cleanly: the shell's convention for the exit code is 128 + signal.
ENDING = (signal.SIGTERM, signal.SIGHUP)
READ_BYTES = 64
END = "\x04"


class Keyboard:
    """A context; `resized` says that the screen must be drawn again."""

    def __init__(self) -> None:
        self._terminal = sys.stdin.fileno()
        self._before: list[Any] = []
        self._handlers: dict[int, Any] = {}
        self.resized = False

    def __enter__(self) -> Self:
        self._before = termios.tcgetattr(self._terminal)
        tty.setcbreak(self._terminal)
        self._on(signal.SIGWINCH, self._draw_again)
        self._on(signal.SIGCONT, self._go_on)
        for ending in ENDING:
            self._on(ending, _end)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        with contextlib.suppress(termios.error):  # the terminal itself may be gone
            termios.tcsetattr(self._terminal, termios.TCSAFLUSH, self._before)

    def keys(self, seconds: float, *others: int) -> str:
        """What was typed, after at most so long or as soon as one of the other descriptors can be read."""
        ready, _, _ = select.select([self._terminal, *others], [], [], seconds)
        if self._terminal not in ready:
            return ""
        try:
            typed = os.read(self._terminal, READ_BYTES)
        except OSError:
            return END
        # An arrow or a function key is a sequence of its own, and none of its letters was meant.
        return "" if typed.startswith(b"\x1b") else typed.decode(errors="replace") or END

    def _on(self, number: int, handler: Any) -> None:
        self._handlers[number] = signal.signal(number, handler)

    def _draw_again(self, _number: int, _frame: FrameType | None) -> None:
        self.resized = True

    def _go_on(self, _number: int, _frame: FrameType | None) -> None:
        tty.setcbreak(self._terminal)  # the shell had it in between
        self.resized = True


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
