"""What a report says: axes of findings, each with its evidence; no number stands for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Sign(Enum):
    """Whether a finding speaks for the candidate."""

    FOR = "for"
    AGAINST = "against"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was seen; `evidence` are the words, queries or places that show it.

    `share` is (agreeing, of how many) where there is something to count.
    """

    sign: Sign
    text: str
    evidence: tuple[str, ...] = ()
    share: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """One way of looking at the interview; `words` say in a sentence what was seen."""

    name: str
    words: str
    findings: tuple[Finding, ...]


def good(text: str, *evidence: str, share: tuple[int, int] | None = None) -> Finding:
    """A finding that speaks for the candidate."""
    return Finding(Sign.FOR, text, evidence, share)


def bad(text: str, *evidence: str, share: tuple[int, int] | None = None) -> Finding:
    """A finding that speaks against the candidate."""
    return Finding(Sign.AGAINST, text, evidence, share)


def note(text: str, *evidence: str, share: tuple[int, int] | None = None) -> Finding:
    """A finding that only tells."""
    return Finding(Sign.NOTE, text, evidence, share)


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a sentence lists them: a, b and c."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def counted(count: int, noun: str) -> str:
    """A count with its noun: 1 query, 3 queries."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{count} {noun if count == 1 else plural}"
