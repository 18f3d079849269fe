"""A file of JSON lines that is only ever appended to, by processes that may be killed at any moment.

A line is written by one `write` with O_APPEND, under a lock that writers share. What a kill or a full disk cut
short is moved aside before the next line is written, and said; readers skip what they cannot read and count it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Line = dict[str, Any]
LONGEST_LINE_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Journal:
    """What a file holds: its lines in order, and the 1-based numbers of those that are not JSON objects."""

    lines: tuple[Line, ...]
    unreadable: tuple[int, ...] = ()


def read(file: Path) -> Journal:
    """What the file holds; nothing when there is none."""
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        return Journal(())
    found = [(number, parsed(line)) for number, line in enumerate(text.split(b"\n"), start=1) if line.strip()]
    lines = tuple(line for _, line in found if line is not None)
    return Journal(lines, tuple(number for number, line in found if line is None))


def parsed(line: bytes) -> Line | None:
    """The object on a line; None when it is something else."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def append(file: Path, lines: Sequence[Line]) -> None:
    """Append lines whole; the file is made when it is missing."""
    with _locked(file) as descriptor:
        _write(descriptor, lines)


def merge(file: Path, lines: Sequence[Line]) -> int:
    """Append those lines that the file does not hold yet; how many they were."""
    with _locked(file) as descriptor:
        known = {written(line) for line in read(file).lines}
        missing = list({written(line): line for line in lines if written(line) not in known}.values())
        _write(descriptor, missing)
    return len(missing)


def written(line: Line) -> bytes:
    """The line as it is compared: two lines are one when they say the same."""
    return json.dumps(line, sort_keys=True).encode()


def _write(descriptor: int, lines: Sequence[Line]) -> None:
    text = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    while text:
        text = text[os.write(descriptor, text) :]


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[int]:
    """The file, open for appending, while no other process writes; its last line is whole."""
    descriptor = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        with contextlib.suppress(OSError):  # some network file systems have no locks; one write is one line there, too
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        _mend(descriptor, file)
        yield descriptor
    finally:
        os.close(descriptor)  # and with it the lock


def _mend(descriptor: int, file: Path) -> None:
    size = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, LONGEST_LINE_BYTES, max(0, size - LONGEST_LINE_BYTES))
    last = tail.rpartition(b"\n")[2]
    if not last:
        return
    if parsed(last) is not None:
        os.write(descriptor, b"\n")
        return
    aside = file.with_name(f"{file.name}.damaged")
    with aside.open("ab") as kept:
        kept.write(last + b"\n")
    os.ftruncate(descriptor, size - len(last))
    print(
        f"{file.name}: its last line was cut short, by a kill or a full disk. It is kept in {aside.name}; "
        "everything before it is untouched.",
        file=sys.stderr,
    )
