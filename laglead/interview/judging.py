"""Judges what was handed in, once the interview is over; what it finds is written to the session's file.

So a report can be printed again without running anything, and a judgement that was cut off goes on where it was.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from checker import reading_child, world_kinds
from checker.check import check
from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.limits import Limits
from checker.scale import measure
from checker.verdict import Differs, Report
from laglead.interview.event import Event, Kind
from laglead.interview.part import Part
from laglead.interview.plan import Plan
from laglead.interview.record import QUERIES
from laglead.interview.session import Clock, Session, honest

MISTAKE = "-- mistake:"
Progress = Callable[[str, int, int], None]


def judge(session: Session, plan: Plan, data: Dataset, clock: Clock, *, cache: Path, progress: Progress) -> Session:
    """The session with a judgement of each part; those that are there already are kept."""
    works: dict[Part | None, Callable[[], dict[str, Any]]] = {
        part: lambda part=part: _query(session, plan, part, data, cache)  # type: ignore[misc]
        for part in QUERIES
        if session.latest(Kind.SUBMITTED, part)
    }
    works[Part.REVIEW] = lambda: _review(plan, data, cache)
    works[None] = lambda: _looks(session)
    judged = {event.part for event in session.of(Kind.JUDGED)}
    for number, (part, work) in enumerate(works.items()):
        if part not in judged:
            progress(f"judging: {part.title.lower() if part else 'the exploration'}", number, len(works))
            session = session.with_event(Event(honest(clock, session), Kind.JUDGED, part, work()))
    return session


def _query(session: Session, plan: Plan, part: Part, data: Dataset, cache: Path) -> dict[str, Any]:
    event = session.latest(Kind.SUBMITTED, part)
    sql = str(event.facts["sql"]) if event else ""
    exercise = _exercise(plan, part)
    with tempfile.TemporaryDirectory(prefix="laglead-") as folder:
        file = Path(folder) / f"{part.key}.sql"
        file.write_text(sql, encoding="utf-8")
        report = check(exercise, file, data, cache=cache)
    traits = reading_child.read([sql])[0]
    reading = _reading(exercise, sql, data, cache)
    kinds = world_kinds.scores(exercise, sql, data, reading=reading, cache=cache)
    return {
        "outcome": report.verdict.outcome,
        "message": _message(report),
        "kinds": [[score.kind.value, score.agreeing, score.total] for score in kinds],
        "steps": [[s.name, s.line, s.commented, s.traceable] for s in traits.steps],
        "thresholds": [[t.line, t.text, t.named] for t in traits.thresholds],
        "findings": [f"{f.rule} line {f.line}: {f.message}" for f in report.findings],
        "reading": reading.stem if reading else "",
        **(_scaling(sql, exercise, data) if part is _last(session) and report.verdict.outcome == "passed" else {}),
    }


def _last(session: Session) -> Part:
    """The part whose query is grown with the log: the follow-up, or the question where nothing followed."""
    return Part.TWIST if session.latest(Kind.SUBMITTED, Part.TWIST) else Part.FLAGSHIP


def _exercise(plan: Plan, part: Part) -> Exercise:
    if part is Part.WARM_UP:
        return plan.warm_up.exercise
    return plan.twist.exercise if part is Part.TWIST else plan.flagship.exercise


def _message(report: Report) -> str:
    return "" if report.verdict.outcome == "passed" else report.verdict.message


def _reading(exercise: Exercise, sql: str, data: Dataset, cache: Path) -> Path | None:
    """The accepted reading that the answer follows on every small database; None where it is the usual one, or none."""
    for path in (None, *(exercise.folder / name for name in exercise.accepts)) if exercise.accepts else ():
        found = world_kinds.scores(exercise, sql, data, reading=path, cache=cache)
        if found and all(score.agreeing == score.total for score in found):
            return path
    return None


def _scaling(sql: str, exercise: Exercise, data: Dataset) -> dict[str, Any]:
    scaling = measure(sql, exercise.reference, data, limits=Limits())
    return {"scaling": scaling.message, "steeper": scaling.steeper}


def _review(plan: Plan, data: Dataset, cache: Path) -> dict[str, Any]:
    """What the colleague did wrong, and the rows of the smallest input that the checker finds for it."""
    first = plan.review.read_text(encoding="utf-8-sig").split("\n", 1)[0]
    report = check(plan.flagship.exercise, plan.review, data, cache=cache, lint=False)
    example = report.verdict.counterexample if isinstance(report.verdict, Differs) else None
    known = (
        None
        if example is None
        else sum(len(table.rows) for name, table in example.tables.items() if name in plan.flagship.exercise.tables)
    )
    return {"mistake": first.removeprefix(MISTAKE).strip(), "known": known}


def _looks(session: Session) -> dict[str, Any]:
    """What each exploring query looked at; nothing where it did not run."""
    events = session.of(Kind.EXPLORED)
    traits = reading_child.read([str(event.facts["sql"]) for event in events])
    ran = [event.facts.get("outcome") == "rows" for event in events]
    return {"looks": [sorted(look.value for look in t.looks) if ok else [] for t, ok in zip(traits, ran, strict=True)]}
