"""Holds an interview: announces the parts as the clock brings them, and obeys what is typed."""

from __future__ import annotations

from datetime import datetime

from laglead.interview import files
from laglead.interview.desk import Desk
from laglead.interview.event import Kind
from laglead.interview.part import PARTS, Part, clock_face
from laglead.interview.screens import screen
from laglead.interview.typed import obey
from laglead.terminal import paint

LOOKS = ("", "help", "time", "show")
"""What touches nothing: nobody is told that it came too late."""


def hold(desk: Desk, away_since: datetime | None = None) -> bool:
    """Go on until nothing is left of the interview (True) or the candidate leaves (False).

    `away_since` is when the last thing happened before the candidate came back.
    """
    announced: Part | None = None
    if away_since is not None:
        _missed(desk, away_since)
    while (part := desk.session.part_at(desk.now())) is not None:
        if part is not announced:
            _announce(desk, announced, part)
            announced = part
        line = desk.console.read(paint(f"[{part.title.lower()} {desk.left()}]", "dim") + " > ")
        if line is None:
            desk.leaving = True
        elif desk.session.part_at(desk.now()) is part or line.strip() == "quit":
            obey(desk, line)
        elif line.partition(" ")[0] not in LOOKS:
            desk.say(f"That came after the time for: {part.title}. It was not done.")
        if desk.leaving:
            _leave(desk)
            return False
    _run_out(desk, announced, None)
    return True


def _announce(desk: Desk, before: Part | None, part: Part) -> None:
    _run_out(desk, before, part)
    if not desk.session.of(Kind.ENTERED, part):
        desk.record(Kind.ENTERED, part)
    files.place(desk, part)
    desk.say("\n" + screen(desk, part) + "\n")


def _missed(desk: Desk, since: datetime) -> None:
    """Say which parts ended by the clock while nobody was here."""
    for part in PARTS:
        if not _was_ended(desk, part) and since < desk.session.agenda.ends(part) <= desk.now():
            desk.say(f"Time ran out while you were away: {part.title}. {_what_stands(desk, part)}")


def _run_out(desk: Desk, before: Part | None, part: Part | None) -> None:
    """Say which parts ended by the clock since the one before."""
    if before is None:
        return
    for ended in PARTS[PARTS.index(before) : PARTS.index(part) if part else len(PARTS)]:
        if not _was_ended(desk, ended):
            desk.say(f"\nTime is up: {ended.title}. {_what_stands(desk, ended)}")


def _was_ended(desk: Desk, part: Part) -> bool:
    return any(event.part is part for event in desk.session.of(Kind.MOVED_ON))


def _what_stands(desk: Desk, part: Part) -> str:
    handed_in = desk.session.of(Kind.SUBMITTED, part) or desk.session.of(Kind.SUMMARISED, part)
    return "What you handed in stands." if handed_in else "Nothing was handed in."


def _leave(desk: Desk) -> None:
    desk.record(Kind.LEFT)
    left = clock_face(desk.session.agenda.end - desk.now())
    desk.say(f"\nLeft; the clock goes on, with {left} of the interview to come. Back in: laglead interview")
