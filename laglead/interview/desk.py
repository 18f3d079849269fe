"""What a command of the interview works with: the session, the plan, the data, the clock and the console."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checker.dataset import Dataset
from checker.exercise import Decision, Exercise, OutputColumn
from laglead.interview.console import Console
from laglead.interview.event import Event, Kind
from laglead.interview.part import Part, clock_face
from laglead.interview.plan import Plan
from laglead.interview.session import Clock, Session, honest


@dataclass(slots=True)
class Desk:
    """The one place in which an interview under way changes: its session grows, and it is left in the end."""

    session: Session
    plan: Plan
    data: Dataset
    clock: Clock
    console: Console
    leaving: bool = False

    def now(self) -> datetime:
        """The time, which never goes back."""
        return honest(self.clock, self.session)

    @property
    def part(self) -> Part:
        """The part that is on; the last one when none is."""
        return self.session.part_at(self.now()) or Part.SUMMARY

    def exercise(self, part: Part) -> Exercise:
        """The exercise that a part is about; the summary and the review are about the flagship's."""
        match part:
            case Part.WARM_UP:
                return self.plan.warm_up.exercise
            case Part.TWIST:
                return self.plan.twist.exercise
            case _:
                return self.plan.flagship.exercise

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What may be asked about now."""
        return self.exercise(self.part).decisions

    @property
    def output(self) -> tuple[OutputColumn, ...]:
        return self.exercise(self.part).output

    def say(self, text: str = "") -> None:
        """Show text."""
        self.console.write(text)

    def record(self, kind: Kind, part: Part | None = None, **facts: Any) -> None:
        """Write down what happened, in the part that is on or another."""
        self.session = self.session.with_event(Event(self.now(), kind, part or self.part, facts))

    def left(self) -> str:
        """What is left of the part, as on a clock."""
        return clock_face(self.session.left_at(self.now()))
