"""Progress of long work on stderr: one line that changes on a terminal, a line a step elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self


class Steps:
    """A context in which `step(name, done, total)` may be called as often as one likes."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._name = ""
        self._began = time.monotonic()
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
        if self._live and (name != self._name or now - self._drawn > 0.1 or done == total):
            self._drawn = now
            sys.stderr.write(f"\r\033[K{name}{_share(done, total)}  {now - self._began:.0f} s")
            sys.stderr.flush()
        elif not self._live and name != self._name:
            print(name, file=sys.stderr, flush=True)
        self._name = name


def _share(done: int, total: int) -> str:
    return f"  {100 * done // total} %" if total > 1 else ""
