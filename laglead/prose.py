"""Shows markdown in a terminal as plain text: wrapped paragraphs, aligned tables, quiet code."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from itertools import groupby

from laglead.terminal import cells, clean, pad, paint, width

MARGIN = "  "
INDENTED = "    "


def plain(markdown: str) -> str:
    """`markdown` as lines of at most the terminal's width."""
    shown: list[str] = []
    in_code = False
    for kind, lines in groupby(clean(markdown).splitlines(), key=_kind):
        block = list(lines)
        if kind == "fence":
            in_code = not in_code if len(block) % 2 else in_code
        elif in_code or kind == "code":
            shown += [MARGIN * 2 + line.removeprefix("" if in_code else INDENTED) for line in block]
        elif kind == "table":
            shown += table([[_inline(cell.strip()) for cell in _cells(row)] for row in block if not _rule(row)])
        else:
            shown += _block(kind, block)
    return "\n".join(shown).strip("\n")


def _kind(line: str) -> str:
    if line.startswith("```"):
        return "fence"
    if line.startswith(INDENTED) and line.strip():
        return "code"
    if line.startswith("|"):
        return "table"
    if line.startswith("#"):
        return "title"
    if re.match(r"\s*([-*]|\d+\.) ", line):
        return "item"
    return "text" if line.strip() else "blank"


def _block(kind: str, lines: Sequence[str]) -> list[str]:
    if kind == "blank":
        return [""]
    if kind == "title":
        return [paint(_inline(line.lstrip("# ")), "bold") for line in lines]
    if kind == "item":
        return [out for line in lines for out in _wrap(_inline(line), hanging="  ")]
    return _wrap(_inline(" ".join(line.strip() for line in lines)))


def _wrap(text: str, hanging: str = "") -> list[str]:
    return textwrap.wrap(text, width(), subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


def _inline(text: str) -> str:
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", text)
    text = re.sub(r"(?<!\w)\*(?!\s)(.+?)(?<!\s)\*(?!\w)", r"\1", text)
    return re.sub(r"`([^`]*)`", r"\1", text)


def _cells(row: str) -> list[str]:
    return re.split(r"(?<!\\)\|", row.strip().strip("|"))


def _rule(row: str) -> bool:
    return not set(row) - set("|-: ")


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows (the first is the head) as aligned columns; the last column is wrapped to the width."""
    columns = max(len(row) for row in rows)
    full = [[*row, *[""] * (columns - len(row))] for row in rows]
    widths = [max(cells(row[index]) for row in full) for index in range(columns - 1)]
    indent = sum(widths) + 2 * len(widths) + len(MARGIN)
    room = max(20, width() - indent)
    lines: list[str] = []
    for number, row in enumerate(full):
        left = "".join(pad(cell, size) + "  " for cell, size in zip(row, widths, strict=False))
        last = textwrap.wrap(row[-1], room) or [""]
        out = [MARGIN + left + last[0], *(" " * indent + more for more in last[1:])]
        lines += [paint(line.rstrip(), "dim") if number == 0 else line.rstrip() for line in out]
    return lines
