"""Small tables of values as text: NULL, '', spaces, types and marks told apart without colour."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from checker.verdict import Rows
from laglead.terminal import cells, clean, pad, paint, shorten, width, wrapped

MOST_CELL = 34
GAP = "  "
MARK = "*"
DIFFERS = "* differs"
LONGEST_IN_RECORD = 300
HELD = "\0"  # a space that no line ends at
ZONED = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")


# Text that looks like a value of another type, like nothing, or like less than it is.
_MISTAKABLE = re.compile(
    r"|null|true|false|[-+]?[\d.,]+(e[-+]?\d+)?|\d{4}-\d\d-\d\d.*|\s.*|.*\s|.*\s\s.*", re.IGNORECASE | re.DOTALL
)
_TELLING_SPACE = re.compile(r"(?<=['\s]) | (?=['\s](?!\w))")
_BLANK = re.compile(r"[^\S ]")  # every white space but the plain one


def cell(value: str | None, kind: str = "", *, skip: int = 0, longest: int = MOST_CELL) -> str:
    """A value as it is shown: NULL is bare, text that could be mistaken for something else is quoted.

    The first `skip` characters are left out. A moment that has a zone is in UTC, and says so by a Z."""
    if value is None:
        return "NULL"
    if kind in ZONED:
        return shorten(re.sub(r"\+00$", "Z", clean(value)), longest)
    text = clean(_BLANK.sub(lambda found: _escaped(found.group()), value)[skip:])
    text = f"…{text}" if skip else text
    if kind in ("", "VARCHAR") and _MISTAKABLE.fullmatch(value) and (kind or _is_blank(value)):
        return f"'{shorten(text, longest - 2)}'"
    return shorten(text, longest)


def _is_blank(value: str) -> bool:
    return value != value.strip() or "  " in value or value.upper() in ("", "NULL")


def _escaped(character: str) -> str:
    known = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return known.get(character) or f"\\u{ord(character):04x}"


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows as lines, and how many rows and telling columns they leave out."""

    lines: list[str]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """How rows are shown.

    `columns` in their order (all by default), those in `first` where not all fit; at most `most` rows; marked cells
    get a star; `skip` says how many characters at the beginning of a column's values are alike and left out; the lines
    have `room` columns, the terminal's when it is 0."""

    columns: tuple[int, ...] | None = None
    first: frozenset[int] = frozenset()
    most: int = 10
    marks: frozenset[tuple[int, int]] = frozenset()
    skip: Mapping[int, int] = field(default_factory=dict)
    indent: str = "    "
    room: int = 0

    def chosen(self, rows: Rows) -> tuple[int, ...]:
        """The numbers of the columns to show."""
        return tuple(range(len(rows.columns))) if self.columns is None else self.columns

    def text(self, rows: Rows, row: int, column: int, longest: int = MOST_CELL) -> str:
        """One cell as it is shown."""
        shown = cell(rows.rows[row][column], rows.types[column], skip=self.skip.get(column, 0), longest=longest)
        return shown + (MARK if (row, column) in self.marks else "")


def lines(rows: Rows, look: Look = Look()) -> list[str]:
    """`rows` as aligned lines with a head; what does not fit is counted."""
    return table(rows, look).lines


def table(rows: Rows, look: Look) -> Shown:
    """`rows` as aligned lines with a head; what does not fit is counted."""
    chosen, height = look.chosen(rows), min(look.most, len(rows.rows))
    heads = {c: shorten(clean(rows.columns[c]), MOST_CELL) for c in chosen}
    texts = {c: [heads[c], *(look.text(rows, r, c) for r in range(height))] for c in chosen}
    sizes = {c: max(cells(text) for text in texts[c]) for c in chosen}
    fitting = _fitting(chosen, sizes, look.first, (look.room or width()) - len(look.indent))
    out = [look.indent + GAP.join(pad(texts[c][r], sizes[c]) for c in fitting).rstrip() for r in range(height + 1)]
    out[0] = paint(out[0], "dim")
    left = set(chosen) - set(fitting)
    # Where some columns say what differs, the others are only context.
    missed = left & look.first if look.first else left
    cut = sum(_is_nested(rows.types[c]) and texts[c][r].endswith("…") for c in fitting for r in range(1, height + 1))
    return Shown(out + _rest(rows, look, len(left)), len(missed) + cut + len(rows.rows) - height)


def _is_nested(kind: str) -> bool:
    """Whether values of this type have parts: a cut one may hide the very part that matters."""
    return kind.startswith(("STRUCT", "MAP")) or kind.endswith("]")


def records(rows: Rows, look: Look) -> Shown:
    """`rows` as words, all their columns: what is the same in all rows once, then row by row what is not."""
    chosen, height = look.chosen(rows), min(look.most, len(rows.rows))
    same = [c for c in chosen if len(rows.rows) > 1 and len({row[c] for row in rows.rows}) == 1]
    out = _record(rows, look, 0, same, "all of them: ") if same else []
    for row in range(height):
        out += _record(rows, look, row, [c for c in chosen if c not in same], "" if look.first else "- ")
    return Shown(out + _rest(rows, look, 0), len(rows.rows) - height)


def _record(rows: Rows, look: Look, row: int, columns: Sequence[int], before: str) -> list[str]:
    """One row as `column value, column value`; a column without a name is a label."""
    words = [f"{rows.columns[c]} {_unbroken(look.text(rows, row, c, LONGEST_IN_RECORD))}".strip() for c in columns]
    label = len(words) > 1 and rows.columns[columns[0]] in ("", DIFFERS)
    text = f"{rows.rows[row][columns[0]]}: {', '.join(words[1:])}" if label else before + ", ".join(words)
    found = wrapped(text, width() - len(look.indent), hanging="  ")
    return [f"{look.indent}{line}".replace(HELD, " ") for line in found]


def _unbroken(text: str) -> str:
    """The text with spaces held at which no line may end: all of a short one, and those beside a quote or a space."""
    return text.replace(" ", HELD) if len(text) <= MOST_CELL else _TELLING_SPACE.sub(HELD, text)


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


def _rest(rows: Rows, look: Look, columns_left: int) -> list[str]:
    parts = [] if rows.rows else ["no rows"]
    if len(rows.rows) > look.most:
        left = len(rows.rows) - look.most
        parts.append(f"{left} more row{'' if left == 1 else 's'}")
    elif rows.truncated:
        parts.append("more rows")
    if columns_left > 0:
        parts.append(f"{columns_left} more column{'' if columns_left == 1 else 's'}")
    return [look.indent + paint("(" + ", ".join(parts) + ")", "dim")] if parts else []
