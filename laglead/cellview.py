"""Small tables of values as text: NULL, '', spaces and marks told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence

from checker.verdict import Rows
from laglead.terminal import cells, clean, pad, paint, shorten, width

MOST_CELL = 34
GAP = "  "
MARK = "*"


def cell(value: str | None) -> str:
    """A value as it is shown: NULL is bare, text that could be mistaken for something else is quoted."""
    if value is None:
        return "NULL"
    text = clean(value.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r"))
    if text == "" or text != text.strip() or text.upper() == "NULL" or "  " in text:
        text = f"'{text}'"
    return shorten(text, MOST_CELL)


def lines(
    rows: Rows,
    *,
    marks: frozenset[tuple[int, int]] = frozenset(),
    columns: Sequence[int] | None = None,
    most: int = 10,
    indent: str = "    ",
) -> list[str]:
    """`rows` as aligned lines with a head; marked cells get a star; what does not fit is counted."""
    chosen = list(columns if columns is not None else range(len(rows.columns)))
    body = [[_marked(row[c], (r, c) in marks) for c in chosen] for r, row in enumerate(rows.rows[:most])]
    head = [shorten(clean(rows.columns[c]), MOST_CELL) for c in chosen]
    sizes = [max(cells(text) for text in column) for column in zip(head, *body, strict=True)]
    fitting = _fitting(sizes, width() - len(indent))
    shown = [head[:fitting], *(row[:fitting] for row in body)]
    out = [indent + GAP.join(pad(text, size) for text, size in zip(row, sizes, strict=False)).rstrip() for row in shown]
    out[0] = paint(out[0], "dim")
    return out + _rest(rows, indent, len(chosen) - fitting, most)


def _marked(value: str | None, marked: bool) -> str:
    return cell(value) + (MARK if marked else "")


def _fitting(sizes: Sequence[int], room: int) -> int:
    used, count = 0, 0
    for size in sizes:
        used += size + (len(GAP) if count else 0)
        if used > room:
            break
        count += 1
    return max(1, count)


def _rest(rows: Rows, indent: str, columns_left: int, most: int) -> list[str]:
    parts = []
    if len(rows.rows) > most:
        parts.append(f"{len(rows.rows) - most} more rows")
    elif rows.truncated:
        parts.append("more rows")
    if columns_left > 0:
        parts.append(f"{columns_left} more columns")
    if not rows.rows:
        parts.insert(0, "no rows")
    return [indent + paint("(" + ", ".join(parts) + ")", "dim")] if parts else []
