"""Thresholds: what an exercise declares, such as "30 minutes" or "3 user turns", read into a number and its kind."""

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
    "attempt": "message_events",
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
"""What is counted, without its plural s, and the table whose worlds then hold n-1, n and n+1 of it."""
LARGEST_COUNT = 40
LARGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A span of time; `unit_us` is the unit it was declared in, where truncation goes wrong."""

    us: int
    unit_us: int


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things; `table` is where they are counted, None for a thing that every table may hold."""

    number: int
    table: str | None


Threshold = Elapsed | Count
_SHAPE = re.compile(r"([1-9][0-9]{0,8}) ([a-z]+(?: [a-z]+)*)")


def parse(text: str) -> Threshold:
    """The threshold that `text` declares; ThresholdError says what to write instead."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise ThresholdError(text, 'write a whole number and what it counts, such as "30 minutes" or "3 user turns"')
    number, thing = int(shape[1]), shape[2].removesuffix("s")
    if thing in UNITS_US:
        return _elapsed(text, number, UNITS_US[thing])
    if number > LARGEST_COUNT:
        raise ThresholdError(text, f"worlds are tiny; declare a count of at most {LARGEST_COUNT}")
    return Count(number, SUBJECTS.get(thing))


def _elapsed(text: str, number: int, unit_us: int) -> Elapsed:
    if number * unit_us > LARGEST_DAYS * UNITS_US["day"]:
        raise ThresholdError(text, f"declare a span of at most {LARGEST_DAYS} days")
    return Elapsed(number * unit_us, unit_us)
