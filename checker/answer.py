"""Reads an answer file without trusting it: a regular file of at most 64 KiB of UTF-8, shallowly nested."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

from checker.errors import AnswerMissing
from checker.verdict import Location, Refused

SIZE_LIMIT_BYTES = 64 * 1024
# DuckDB's parser takes gigabytes for a few thousand open brackets and ignores memory_limit.
DEPTH_LIMIT = 200
SIGNS = re.compile(rf"(?:[+~]\s*|-\s+){{{DEPTH_LIMIT + 1}}}")


def read(path: Path) -> str | Refused:
    """The query in `path`, or why it cannot be one; AnswerMissing when there is no such file."""
    try:
        # A pipe must not block the open, a link must not lead elsewhere.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise AnswerMissing(path) from None
    except OSError as error:
        return Refused(_why_not_opened(path, error))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return Refused(f"{path} is not a regular file. Put your query into a plain text file.")
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(SIZE_LIMIT_BYTES + 1)
    return from_bytes(data)


def _why_not_opened(path: Path, error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return f"{path} is a link. Put your query into a plain text file."
    return f"{path} cannot be read ({error.strerror}). Check its permissions, then check again."


def from_bytes(data: bytes) -> str | Refused:
    """The query in `data`, or why it cannot be one."""
    if len(data) > SIZE_LIMIT_BYTES:
        return Refused(f"The answer is larger than {SIZE_LIMIT_BYTES // 1024} KiB. No exercise needs that; shorten it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Refused(f"The answer is not UTF-8 (byte {error.start + 1}). Save the file as UTF-8.")
    if "\0" in text:
        return Refused(f"The answer holds a NUL character (character {text.index(chr(0)) + 1}). Remove it.")
    if not text.strip():
        return Refused("The answer is empty. Write one SELECT, then check again.")
    return _deep(text) or _chained(text) or text


def _chained(text: str) -> Refused | None:
    # Thousands of signs before a value nest as deeply as brackets do.
    match = SIGNS.search(text)
    if match is None:
        return None
    message = f"More than {DEPTH_LIMIT} signs stand in a row here. Write the value itself."
    return Refused(message, locate(text, match.start()))


def _deep(text: str) -> Refused | None:
    # Brackets in strings and comments count too: a safe bound needs no parser to hold.
    depth = 0
    for offset, character in enumerate(text):
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth = max(0, depth - 1)
        if depth > DEPTH_LIMIT:
            return Refused(f"More than {DEPTH_LIMIT} brackets are open here. Flatten the query.", locate(text, offset))
    return None


def locate(text: str, offset: int, length: int = 1) -> Location:
    """The place of a code-point offset in `text`, 1-based; CRLF and CR end lines as LF does."""
    before = text[: max(0, min(offset, len(text)))].replace("\r\n", "\n").replace("\r", "\n")
    return Location(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1, max(1, length))
