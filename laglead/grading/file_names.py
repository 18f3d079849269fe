"""Which exercise a file answers, from its name, as people name files that they hand in."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePath

from checker.exercise import Exercise

SUFFIX = ".sql"
_BETWEEN = re.compile(r"[\s._-]+")
_LEADING_NUMBER = re.compile(r"[a-z]?\d+_")


def is_sql(name: str) -> bool:
    """Whether the name ends in .sql, in any case."""
    return PurePath(name).suffix.lower() == SUFFIX


def exercise_of(name: str, exercises: Sequence[Exercise]) -> Exercise | None:
    """The exercise whose id or number the file's name is, or whose id follows a number: `01-think-time.SQL`."""
    stem = _plain(name)
    while stem:
        for exercise in exercises:
            if stem in (exercise.id, exercise.number.lower()):
                return exercise
        shorter = _LEADING_NUMBER.sub("", stem, count=1)
        stem = shorter if shorter != stem else ""
    return None


def nearest(name: str, exercises: Sequence[Exercise]) -> str | None:
    """The id that is most like the file's name, when one is at all."""
    near = difflib.get_close_matches(_plain(name)[:100], [exercise.id for exercise in exercises], n=1, cutoff=0.5)
    return near[0] if near else None


def _plain(name: str) -> str:
    stem = unicodedata.normalize("NFKC", name[: -len(SUFFIX)] if is_sql(name) else name)
    return _BETWEEN.sub("_", stem.strip().lower())
