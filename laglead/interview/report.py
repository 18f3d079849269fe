"""The report of an interview as a value: what both its forms, for the terminal and for a browser, show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laglead.interview.axes import axes
from laglead.interview.event import Event, Kind
from laglead.interview.finding import Axis
from laglead.interview.part import PARTS, Part
from laglead.interview.record import QUERIES, Record


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time that a part really took, in minutes since the beginning."""

    part: Part
    begins: float
    ends: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was done, at a minute."""

    at: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class InterviewReport:
    """`asked` are the titles of the exercises, `summary` the candidate's own words, `queries` what was handed in."""

    name: str
    began: datetime
    minutes: int
    seed: int
    asked: tuple[tuple[str, str], ...]
    axes: tuple[Axis, ...]
    summary: str
    sentences: int
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    queries: tuple[tuple[str, str], ...]


MARKED = (Kind.ASKED, Kind.ASSUMED, Kind.EXPLORED, Kind.SUBMITTED)


def report(record: Record) -> InterviewReport:
    """Everything that is to be told of an interview that is over and judged."""
    session, plan = record.session, record.plan
    said = session.latest(Kind.SUMMARISED, Part.SUMMARY)
    return InterviewReport(
        name=session.name,
        began=session.agenda.began,
        minutes=session.agenda.minutes,
        seed=int(session.planned["seed"]),
        asked=(
            (Part.WARM_UP.title, plan.warm_up.exercise.title),
            (Part.FLAGSHIP.title, plan.flagship.exercise.title),
        ),
        axes=axes(record),
        summary=str(said.facts["text"]) if said else "",
        sentences=int(said.facts["sentences"]) if said else 0,
        stretches=_stretches(record),
        marks=tuple(Mark(_minute(record, event.at), event.kind) for event in session.events if event.kind in MARKED),
        queries=tuple(_handed_in(record)),
    )


def _stretches(record: Record) -> tuple[Stretch, ...]:
    """The parts that were seen, each until it was left or the clock ended it."""
    found = []
    for part in PARTS:
        entered = record.entered(part)
        if entered is not None:
            left: Event | None = record.session.latest(Kind.MOVED_ON, part)
            ended = left.at if left else record.session.agenda.ends(part)
            found.append(Stretch(part, _minute(record, entered), _minute(record, ended)))
    return tuple(found)


def _minute(record: Record, at: datetime) -> float:
    return (at - record.session.agenda.began).total_seconds() / 60


def _handed_in(record: Record) -> list[tuple[str, str]]:
    """The title and text of everything that counts."""
    found = [(part.title, answered.sql) for part in QUERIES if (answered := record.answered(part))]
    rows = record.session.latest(Kind.SUBMITTED, Part.REVIEW)
    return [*found, *([(f"{Part.REVIEW.title}: your rows", str(rows.facts["text"]))] if rows else [])]
