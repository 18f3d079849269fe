"""Repairs: the edits that findings carry, applied to a text until nothing is left to repair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.lint import findings_of
from checker.profile import Profile
from checker.rule import Rule
from checker.verdict import Edit, Finding, Fix, edited

MOST_ROUNDS = 20


def repair(sql: str, profile: Profile | None, chosen: Sequence[Rule], *, unsafe: bool = False) -> str:
    """The text with its safe repairs made, or all of them; what cannot be parsed stays as it is.

    Repairs that overlap are made one after the other, so that each sees the text that it changes.
    """
    for _ in range(MOST_ROUNDS):
        after = apply(sql, findings_of(sql, profile, chosen).findings, unsafe=unsafe)
        if after == sql or findings_of(after, profile, chosen).error is not None:
            break
        sql = after
    return sql


def apply(sql: str, findings: Iterable[Finding], *, unsafe: bool = False) -> str:
    """The text with every repair made that does not touch an earlier one."""
    edits: list[Edit] = []
    for fix in (finding.fix for finding in findings):
        if fix is not None and (fix.safe or unsafe) and not _touches(fix, edits):
            edits += fix.edits
    return edited(sql, edits)


def _touches(fix: Fix, edits: Iterable[Edit]) -> bool:
    return any(new.span.start <= old.span.end and old.span.start <= new.span.end for new in fix.edits for old in edits)
