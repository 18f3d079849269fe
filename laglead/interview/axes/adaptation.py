"""Adaptation: what the follow-up took, how much of the query it changed, and how the query grows with the log."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from laglead.interview.finding import Axis, Finding, bad, counted, good, note
from laglead.interview.part import Part, clock_face
from laglead.interview.record import Answered, Record

ORDER = 50


def axis(record: Record) -> Axis:
    """Findings on time, on lines and on growth."""
    before, after = record.answered(Part.FLAGSHIP), record.answered(Part.TWIST)
    findings = [*_follow_up(record, before, after), *_growth(after or before)]
    return Axis("Adaptation", _words(record, after), tuple(findings))


def _follow_up(record: Record, before: Answered | None, after: Answered | None) -> Iterator[Finding]:
    if after is None:
        yield bad(f"{Part.TWIST.title}: nothing was handed in", record.plan.twist.question)
        return
    verdict = "right" if after.passed else "not right"
    told = good if after.passed else bad
    yield told(f"{Part.TWIST.title}: {verdict}, {_time(record, after)} after it was asked", record.plan.twist.question)
    if before is None:
        yield note("There was no earlier query to change")
        return
    added, removed = changed(before.sql, after.sql)
    kept = len([line for line in before.sql.splitlines() if line.strip()]) - removed
    what = f"{counted(added, 'line')} added, {removed} removed, {kept} kept"
    yield note(f"From the question to the follow-up: {what}")


def changed(before: str, after: str) -> tuple[int, int]:
    """How many lines came and went; blank lines and indentation do not count."""
    first, second = ([line.strip() for line in text.splitlines() if line.strip()] for text in (before, after))
    found = list(difflib.ndiff(first, second))
    return sum(line.startswith("+ ") for line in found), sum(line.startswith("- ") for line in found)


def _growth(answered: Answered | None) -> Iterator[Finding]:
    if answered is not None and answered.scaling:
        told = bad if answered.steeper else good
        yield told(f"{answered.part.title}, on 1, 4 and 16 times a sample of the log", answered.scaling)


def _time(record: Record, after: Answered) -> str:
    entered = record.entered(Part.TWIST)
    return clock_face(after.at - entered) if entered is not None else "some time"


def _words(record: Record, after: Answered | None) -> str:
    if after is None:
        return "The follow-up was not answered."
    result = "is right" if after.passed else "is not right"
    return f"The follow-up took {_time(record, after)}; its answer {result}."
