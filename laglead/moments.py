"""Places on a line of time, from the text of a value: a moment, a day, a number; and how far two lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MICROSECONDS = timedelta(microseconds=1)
DAY = 86_400_000_000
UNITS = ((86_400_000_000, "d"), (3_600_000_000, "h"), (60_000_000, "min"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value lies: `order` sorts, missing ones last; `last` is where it ends (a day ends at midnight)."""

    text: str | None
    order: tuple[int, float, str]
    last: tuple[int, float, str]
    is_moment: bool = False

    @property
    def is_missing(self) -> bool:
        return self.text is None

    @property
    def short(self) -> str:
        """A moment without its year and zone, anything else as it is."""
        if self.text is None:
            return "NULL"
        return self.text.removesuffix("+00")[5:] if self.is_moment else self.text


def place(text: str | None) -> Place:
    """The place of a value as SQL shows it."""
    if text is None:
        return Place(None, (2, 0.0, ""), (2, 0.0, ""))
    for read in (_number, _moment):
        found = read(text)
        if found is not None:
            return found
    return Place(text, (1, 0.0, text), (1, 0.0, text))


def _number(text: str) -> Place | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return Place(text, (0, value, ""), (0, value, ""))


def _moment(text: str) -> Place | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    at = (found - datetime(1970, 1, 1, tzinfo=UTC)) // MICROSECONDS
    length = DAY - 1 if len(text) == len("2026-01-01") else 0
    return Place(text, (0, at, ""), (0, at + length, ""), is_moment=True)


def gap(before: Place, after: Place, unit: int = 1) -> str:
    """How far `after` lies behind `before`, in whole units of so many microseconds; a number or NULL as it is."""
    if after.is_missing or before.is_missing or not (before.is_moment and after.is_moment):
        return after.short
    apart = round((after.order[1] - before.order[1]) / unit) * unit
    return f"{'+' if apart >= 0 else '-'}{duration(abs(apart))}"


def duration(microseconds: int) -> str:
    """An exact length of time in at most two units, then seconds with what is left: `30 min`, `1 d 2 h`, `0.5 s`."""
    parts = []
    for size, unit in UNITS:
        count, microseconds = divmod(microseconds, size)
        if count:
            parts.append(f"{count} {unit}")
    seconds, rest = divmod(microseconds, 1_000_000)
    if rest:
        parts.append(f"{seconds}.{rest:06d}".rstrip("0") + " s")
    elif seconds or not parts:
        parts.append(f"{seconds} s")
    return " ".join(parts)
