"""Where an interview begins, is come back to, and ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from checker.dataset import Dataset
from laglead.errors import Mistake
from laglead.interview import plan, session
from laglead.interview.console import Console
from laglead.interview.desk import Desk
from laglead.interview.event import Event, Kind
from laglead.interview.part import PARTS, clock_face
from laglead.interview.session import Clock, Session
from laglead.interview.sheets import sheets
from laglead.interview.talk import hold as talk
from laglead.prose import plain
from laglead.terminal import paint


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new interview is asked to be."""

    minutes: int = 60
    tracks: tuple[str, ...] = ()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """What an interview needs around it."""

    root: Path
    data: Dataset
    console: Console
    clock: Clock


def wall_clock() -> datetime:
    """The time where we are."""
    return datetime.now(UTC).astimezone()


def unfinished(room: Room) -> Session | None:
    """The latest session that still has time left or was not reported, None when there is none."""
    found = [one for one in session.every(room.root) if not one.of(Kind.REPORTED)]
    return found[-1] if found else None


def begin(room: Room, wanted: Wanted) -> Desk:
    """A new interview; its first line in the file says what was drawn."""
    drawn = plan.draw(sheets(), wanted.tracks, wanted.seed)
    facts = {"minutes": wanted.minutes, "seed": wanted.seed, "tracks": list(wanted.tracks), "plan": drawn.as_json()}
    desk = Desk(session.begin(room.root, room.clock(), facts), drawn, room.data, room.clock, room.console)
    desk.say(paint("Interview", "bold") + f" {desk.session.name}  {wanted.minutes} minutes, seed {wanted.seed}\n")
    for part in PARTS:
        minutes = desk.session.agenda.share(part).total_seconds() / 60
        desk.say(f"  {part.title:22} {minutes:>4.3g} min")
    desk.say("\n" + plain(_RULES))
    return desk


_RULES = """\
The clock runs by the wall and does not stop. The questions are vague on purpose: ask, and write down what you
assume. There are no hints, and what an answer is worth is said at the end. Type: help
"""


def come_back(room: Room, found: Session) -> tuple[Desk, datetime]:
    """An interview that was left or cut off, and when the last thing happened in it."""
    desk = Desk(found, plan.from_json(found.planned["plan"], sheets()), room.data, room.clock, room.console)
    away_since = found.events[-1].at
    now = desk.now()
    away, left = clock_face(now - away_since), clock_face(found.agenda.end - now)
    began = found.agenda.began.astimezone(now.tzinfo)
    desk.say(paint("Interview", "bold") + f" {found.name}  begun at {began:%H:%M}")
    desk.say(f"You were away for {away}, and the clock went on: {left} of the interview to come.")
    if not found.is_over(now):
        desk.session = found.with_event(Event(now, Kind.RESUMED))
    return desk, away_since


def hold(room: Room, wanted: Wanted, *, new: bool = False) -> Desk:
    """Begin an interview, or go on with the one that is unfinished; until it is over or left."""
    found = None if new else unfinished(room)
    if found is None:
        desk, away_since = begin(room, wanted), None
    else:
        desk, away_since = come_back(room, found)
    if talk(desk, away_since):
        desk.say("\nThat was the interview. What was handed in is judged now.\n")
    return desk


def chosen(root: Path, name: str) -> Session:
    """The session of that name, the latest without one; Mistake when there is none."""
    found = {one.name: one for one in session.every(root)}
    if name in found:
        return found[name]
    if found and not name:
        return list(found.values())[-1]
    there = f"There are: {', '.join(found)}" if found else "Hold one: laglead interview"
    raise Mistake(f"There is no interview{f' {name!r}' if name else ''} here. {there}")
