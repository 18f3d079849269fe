"""What a query tells of how its author works, as plain values: `checker.query_traits` reads them off a tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

IDENTIFIES = ("_id", "_ref", "_index", "_seq")
"""How the names of columns end that say where a row comes from."""


class Look(Enum):
    """What a query that somebody explores with looks at."""

    ROW_COUNT = "row counts"
    NULL_SHARE = "null share"
    FAN_OUT = "fan-out"
    RANGE = "ranges"
    VALUES = "values and how often they occur"
    ROWS = "single rows"


@dataclass(frozen=True, slots=True)
class Step:
    """A CTE: whether a comment says what it is for, and whether its rows still carry an identifier or a position."""

    name: str
    line: int
    commented: bool
    traceable: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit in a comparison: written there as a literal, or by its name."""

    line: int
    text: str
    named: bool


@dataclass(frozen=True, slots=True)
class Traits:
    """What was seen in one query; nothing of it where the text is not one statement."""

    looks: frozenset[Look] = frozenset()
    steps: tuple[Step, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
