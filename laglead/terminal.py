"""What may reach a terminal: safe characters, colour only where it is wanted, widths."""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata

WIDTH = 80
# Control characters, bidirectional overrides and zero-width marks could redraw somebody's screen.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_COMMAND = re.compile(r"^::", re.MULTILINE)
_COLOUR = re.compile(r"\033\[\d*m")
_NO_WIDTH = ("Mn", "Me")
CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


def clean(text: str) -> str:
    """`text` with what is not plainly visible written as \\x.., and CI commands (`::`) broken."""
    return _COMMAND.sub("\\:\\:", _UNSAFE.sub(lambda found: _escape(found.group()), text))


def _escape(character: str) -> str:
    return f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"


def colours() -> bool:
    """Whether colour may be added: a terminal, no NO_COLOR, not TERM=dumb."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, colour: str) -> str:
    """`text` in a colour where colours are wanted."""
    return f"\033[{CODES[colour]}m{text}\033[0m" if colours() else text


def plainly(text: str) -> str:
    """`text` without colours."""
    return _COLOUR.sub("", text)


def width() -> int:
    """Columns to write in: the terminal's, at most 100; 80 elsewhere."""
    return min(shutil.get_terminal_size((WIDTH, 24)).columns, 100) if sys.stdout.isatty() else WIDTH


def cells(text: str) -> int:
    """How many columns `text` takes: wide characters two, combining ones and variation selectors none."""
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int) -> str:
    """`text` filled with spaces to so many columns."""
    return text + " " * max(0, columns - cells(text))


def wrapped(text: str, columns: int, *, hanging: str = "") -> list[str]:
    """`text` in lines of at most so many columns, cut between words; `hanging` stands before all but the first."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line.strip() else f"{line}{word}"
        if line.strip() and cells(longer) > columns:
            lines.append(line)
            longer = f"{hanging}{word}"
        line = longer
    return [*lines, line] if line.strip() else lines


def shorten(text: str, columns: int) -> str:
    """`text` in at most so many columns, with an ellipsis where it was cut."""
    if cells(text) <= columns:
        return text
    columns, kept, used = max(columns, 1), [], 0
    for character in text:
        used += cells(character)
        if used > columns - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"
