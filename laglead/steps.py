"""Progress of long work on stderr: one line that changes on a terminal, a line a step elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

# Before this nothing can be said of the rest.
LEAST_SECONDS = 2.0


class Steps:
    """A context in which `step(name, done, total)` may be called as often as one likes."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._name = ""
        self._began = self._step_began = time.monotonic()
        self._first = 0
        self._drawn = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def step(self, name: str, done: int, total: int) -> None:
        """Say that `done` of `total` of the step `name` is done."""
        now = time.monotonic()
        if name != self._name:
            self._step_began, self._first = now, done
        if self._live and (name != self._name or now - self._drawn > 0.1 or done == total):
            self._drawn = now
            sys.stderr.write(
                f"\r\033[K{name}{_share(done, total)}  {now - self._began:.0f} s{self._left(now, done, total)}"
            )
            sys.stderr.flush()
        elif not self._live and name != self._name:
            print(name, file=sys.stderr, flush=True)
        self._name = name

    def _left(self, now: float, done: int, total: int) -> str:
        """How long the rest of the step takes, once there is something to tell it from."""
        passed, gone = now - self._step_began, done - self._first
        if passed < LEAST_SECONDS or gone < 1 or done >= total:
            return ""
        seconds = passed * (total - done) / gone
        return f", about {seconds:.0f} s left" if seconds < 90 else f", about {seconds / 60:.0f} minutes left"


def _share(done: int, total: int) -> str:
    return f"  {100 * done // total} %" if total > 1 else ""
