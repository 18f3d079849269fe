"""`time`: what the clock says."""

from __future__ import annotations

from laglead.interview.desk import Desk
from laglead.interview.part import PARTS, clock_face

ORDER = 80
USAGE = "time"


def command(desk: Desk, text: str) -> None:
    """Show what is left, part by part."""
    now, session = desk.now(), desk.session
    for part in PARTS[PARTS.index(desk.part) :]:
        ends = session.agenda.ends(part)
        begins = max(now, session.agenda.begins(part)) if part is not desk.part else now
        desk.say(f"  {part.title:22} {clock_face(ends - begins):>6}  until {ends.astimezone(now.tzinfo):%H:%M}")
    desk.say("The clock runs by the wall; it does not stop while you are away.")
