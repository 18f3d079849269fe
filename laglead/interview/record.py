"""An interview that is over, as the axes of the report read it: what was done, and how it was judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from checker.traits import Look, Step, Threshold
from checker.world_kinds import KindScore, WorldKind
from laglead.interview.event import Event, Kind
from laglead.interview.part import Part
from laglead.interview.plan import Plan
from laglead.interview.session import Session

QUERIES = (Part.WARM_UP, Part.FLAGSHIP, Part.TWIST)


@dataclass(frozen=True, slots=True)
class Answered:
    """The query that counts for a part, with its judgement; `reading` names the accepted reading it follows."""

    part: Part
    at: datetime
    sql: str
    rows: int
    outcome: str
    message: str
    kinds: tuple[KindScore, ...]
    steps: tuple[Step, ...]
    thresholds: tuple[Threshold, ...]
    findings: tuple[str, ...]
    reading: str
    scaling: str
    steeper: bool

    @property
    def passed(self) -> bool:
        return self.outcome == "passed"


@dataclass(frozen=True, slots=True)
class Explored:
    """A query that was run to look around; `looks` is empty where it did not run."""

    at: datetime
    part: Part
    sql: str
    looks: frozenset[Look]
    is_answer: bool


@dataclass(frozen=True, slots=True)
class Record:
    """The session and its plan; everything else is read off the events."""

    session: Session
    plan: Plan

    def answered(self, part: Part) -> Answered | None:
        """The last query handed in for a part, None when there was none."""
        event, judged = self.session.latest(Kind.SUBMITTED, part), self.judged(part)
        if event is None:
            return None
        return Answered(
            part=part,
            at=event.at,
            sql=str(event.facts["sql"]),
            rows=int(event.facts["rows"]),
            outcome=str(judged.get("outcome", "not judged")),
            message=str(judged.get("message", "")),
            kinds=tuple(KindScore(WorldKind(kind), a, b) for kind, a, b in judged.get("kinds", ())),
            steps=tuple(Step(*fields) for fields in judged.get("steps", ())),
            thresholds=tuple(Threshold(*fields) for fields in judged.get("thresholds", ())),
            findings=tuple(judged.get("findings", ())),
            reading=str(judged.get("reading", "")),
            scaling=str(judged.get("scaling", "")),
            steeper=bool(judged.get("steeper", False)),
        )

    def judged(self, part: Part) -> dict[str, Any]:
        """How the work on a part was judged; nothing when it was not."""
        event = self.session.latest(Kind.JUDGED, part)
        return event.facts if event else {}

    @property
    def explored(self) -> tuple[Explored, ...]:
        """Every query that was run to look around, in order."""
        events = self.session.of(Kind.EXPLORED)
        judged = [event for event in self.session.of(Kind.JUDGED) if event.part is None]
        looks: Sequence[Sequence[str]] = judged[-1].facts["looks"] if judged else [()] * len(events)
        answers = {_text(event) for event in self.session.of(Kind.SUBMITTED) if "sql" in event.facts}
        return tuple(
            Explored(e.at, e.part or Part.WARM_UP, str(e.facts["sql"]), frozenset(map(Look, seen)), _text(e) in answers)
            for e, seen in zip(events, looks, strict=True)
        )

    def entered(self, part: Part) -> datetime | None:
        """When the candidate saw the part first."""
        events = self.session.of(Kind.ENTERED, part)
        return events[0].at if events else None

    def clock(self, at: datetime) -> str:
        """Minutes and seconds since the beginning, as in 12:05."""
        seconds = int((at - self.session.agenda.began) / timedelta(seconds=1))
        return f"{seconds // 60}:{seconds % 60:02d}"


def _text(event: Event) -> str:
    return " ".join(str(event.facts.get("sql", "")).split()).rstrip("; ")
