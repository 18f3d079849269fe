"""Notices that a file was saved, however the editor does it: in place, by renaming, by deleting and making it anew.

Looking costs a `stat`. What is written in place may be half there: it counts when two looks agree. What was
renamed into place is whole. A file that is empty or missing gets a moment, because some editors go through
that state.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

GONE_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells two states of a file apart."""

    inode: int
    size: int
    modified_ns: int


class Saves:
    """The saves of one file; `saved()` is asked every few hundredths of a second."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.file = file
        self._clock = clock
        self._known = _stamp(file)
        self._seen = self._known
        self._since = clock()

    def saved(self) -> bool:
        """Whether the file was saved since it last said so."""
        now = _stamp(self.file)
        if now == self._known:
            self._seen = now
            return False
        before, self._seen = self._seen, now
        if now != before:
            self._since = self._clock()
        if not self._settled(now, before):
            return False
        self._known = now
        return True

    def _settled(self, now: Stamp | None, before: Stamp | None) -> bool:
        if now is None or now.size == 0:
            return now == before and self._clock() - self._since >= GONE_SECONDS
        renamed = before is not None and now.inode != before.inode
        return renamed or now == before


def _stamp(file: Path) -> Stamp | None:
    try:
        found = os.stat(file, follow_symlinks=False)  # noqa: PTH116 - a link is no answer, and must not be followed
    except OSError:
        return None
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns)
