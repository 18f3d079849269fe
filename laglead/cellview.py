"""Small tables of values as text: NULL, '', spaces and marks told apart without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

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
    first: frozenset[int] = frozenset(),
    columns: Sequence[int] | None = None,
    most: int = 10,
    indent: str = "    ",
) -> list[str]:
    """`rows` as aligned lines with a head; marked cells get a star.

    Where not all columns fit, those in `first` are kept, and what is left out is counted."""
    chosen = list(columns if columns is not None else range(len(rows.columns)))
    texts = {c: _column(rows, c, marks, most) for c in chosen}
    sizes = {c: max(cells(text) for text in texts[c]) for c in chosen}
    fitting = _fitting(chosen, sizes, first, width() - len(indent))
    height = 1 + len(rows.rows[:most])
    out = [indent + GAP.join(pad(texts[c][r], sizes[c]) for c in fitting).rstrip() for r in range(height)]
    out[0] = paint(out[0], "dim")
    return out + _rest(rows, indent, len(chosen) - len(fitting), most)


def _column(rows: Rows, column: int, marks: frozenset[tuple[int, int]], most: int) -> list[str]:
    head = shorten(clean(rows.columns[column]), MOST_CELL)
    zoned = rows.types[column] in ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")
    values = [row[column] for row in rows.rows[:most]]
    # The engine runs in UTC, and the contract says so: the offset only takes room.
    short = [value.removesuffix("+00") if zoned and value is not None else value for value in values]
    return [head, *(_marked(value, (r, column) in marks) for r, value in enumerate(short))]


def _marked(value: str | None, marked: bool) -> str:
    return cell(value) + (MARK if marked else "")


def _fitting(chosen: Sequence[int], sizes: Mapping[int, int], first: Set[int], room: int) -> list[int]:
    """The columns that fit, in their order: those in `first`, then from the left."""
    kept: set[int] = set()
    used = -len(GAP)
    for column in sorted(chosen, key=lambda c: (c not in first, chosen.index(c))):
        if kept and used + len(GAP) + sizes[column] > room:
            break
        kept.add(column)
        used += len(GAP) + sizes[column]
    return [column for column in chosen if column in kept]


def _rest(rows: Rows, indent: str, columns_left: int, most: int) -> list[str]:
    parts = []
    if len(rows.rows) > most:
        left = len(rows.rows) - most
        parts.append(f"{left} more row{'' if left == 1 else 's'}")
    elif rows.truncated:
        parts.append("more rows")
    if columns_left > 0:
        parts.append(f"{columns_left} more column{'' if columns_left == 1 else 's'}")
    if not rows.rows:
        parts.insert(0, "no rows")
    return [indent + paint("(" + ", ".join(parts) + ")", "dim")] if parts else []
