"""Thresholds: what an exercise declares, such as "30 minutes" or "3 user turns", read into a number and its kind.

Besides spans of time and counts: "24 hours from low to high" is a span between labels, "06:00 UTC" a time of the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.errors import ThresholdError

SECOND = 1_000_000
"""One second in microseconds; every time of the worlds is a whole number of microseconds."""
UNITS_US = {
    "second": SECOND,
    "minute": 60 * SECOND,
    "hour": 3_600 * SECOND,
    "day": 86_400 * SECOND,
    "week": 604_800 * SECOND,
}
SUBJECTS = {
    "user turn": "turns",
    "assistant turn": "turns",
    "turn": "turns",
    "exchange": "turns",
    "message": "message_events",
    "event": "message_events",
    "delivery": "message_events",
    "deliverie": "message_events",
    "branche": "branches",
    "claim": "claims",
    "answer": "answers",
    "attempt": "attempts",
    "failure": "message_events",
    "exposure": "exposures",
    "unit": "exposures",
    "score": "classifier_scores",
    "label": "safety_labels",
    "rating": "feedback",
    "vote": "feedback",
    "action": "enforcement_actions",
    "incident": "incidents",
}
"""What is counted, without its plural s, and the table whose worlds then hold n-1, n and n+1 of it.

Branches, attempts, claims and answers are no tables: `message_events` then grows trees or calls that take several
attempts, and the answers of `turns` assert things, or fail and decline many times in a row.
"""
LARGEST_COUNT = 40
LARGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A span of time; `unit_us` is the unit it was declared in, where truncation goes wrong.

    `from_low_to_high` says that it lies between a low and a high turn, wherever they stand.
    """

    us: int
    unit_us: int
    from_low_to_high: bool = False


@dataclass(frozen=True, slots=True)
class Daily:
    """A time of every UTC day; `us` counts from midnight."""

    us: int


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things; `table` is where they are counted, None for a thing that every table may hold."""

    number: int
    table: str | None


Threshold = Elapsed | Count | Daily
_SHAPE = re.compile(r"([1-9][0-9]{0,8}) ([a-z]+(?: [a-z]+)*)")
_DAILY = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9]) UTC")
_BETWEEN_LABELS = " from low to high"


def parse(text: str) -> Threshold:
    """The threshold that `text` declares; ThresholdError says what to write instead."""
    if daily := _DAILY.fullmatch(text):
        return Daily(int(daily[1]) * UNITS_US["hour"] + int(daily[2]) * UNITS_US["minute"])
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        examples = '"30 minutes", "3 user turns", "24 hours from low to high" or "06:00 UTC"'
        raise ThresholdError(text, f"write a whole number and what it counts, or a time of the day, such as {examples}")
    number, unit = int(shape[1]), shape[2].removesuffix(_BETWEEN_LABELS).removesuffix("s")
    if unit in UNITS_US:
        return _elapsed(text, number, UNITS_US[unit])
    if number > LARGEST_COUNT:
        raise ThresholdError(text, f"worlds are tiny; declare a count of at most {LARGEST_COUNT}")
    return Count(number, SUBJECTS.get(shape[2].removesuffix("s")))


def _elapsed(text: str, number: int, unit_us: int) -> Elapsed:
    if number * unit_us > LARGEST_DAYS * UNITS_US["day"]:
        raise ThresholdError(text, f"declare a span of at most {LARGEST_DAYS} days")
    return Elapsed(number * unit_us, unit_us, text.endswith(_BETWEEN_LABELS))
