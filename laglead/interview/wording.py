"""Words of a question as they are compared: lower case, without endings, with the words that are kin to them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

_WORD = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ingly", ""),
    ("edly", ""),
    ("ness", ""),
    ("ments", "ment"),
    ("ing", ""),
    ("ed", ""),
    ("ly", ""),
    ("es", "e"),
    ("s", ""),
)
SHORTEST_STEM = 3


def stem(word: str) -> str:
    """The word without a common ending: turns and turn, counted and counts are one."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM and not word.endswith("ss"):
            return _single(word[: -len(ending)] + instead)
    return word.removesuffix("e") if len(word) > SHORTEST_STEM + 1 else word


def _single(word: str) -> str:
    """Without the doubled consonant that an ending leaves (stopp, label), and without a last e."""
    if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiousl":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > SHORTEST_STEM + 1 else word


@cache
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that say something, and of neighbouring words as pairs; in order."""
    words = _WORD.findall(text.lower().replace("'", ""))
    single = [stem(word) for word in words if word not in _silent()]
    parts = [stem(part) for word in words if "_" in word for part in word.split("_") if part not in _silent()]
    pairs = [f"{stem(a)} {stem(b)}" for a, b in pairwise(words)]
    return (*single, *parts, *(pair for pair in pairs if pair in _pairs()))


@cache
def kin(word: str) -> frozenset[str]:
    """The stems that are near to this one; a pair of words is near to others, too."""
    return frozenset().union(*(group for group in _groups() if word in group)) - {word}


@cache
def _groups() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(" ".join(map(stem, phrase.split())) for phrase in group) for group in _words().kin)


@cache
def _pairs() -> frozenset[str]:
    return frozenset(phrase for group in _groups() for phrase in group if " " in phrase)


@cache
def _silent() -> frozenset[str]:
    return frozenset(_words().silent)


@dataclass(frozen=True, slots=True)
class _Words:
    kin: tuple[tuple[str, ...], ...]
    silent: tuple[str, ...]


@cache
def _words() -> _Words:
    raw = tomllib.loads(files("laglead.interview").joinpath("words.toml").read_text(encoding="utf-8"))
    return _Words(tuple(map(tuple, raw["kin"])), tuple(raw["silent"]))
