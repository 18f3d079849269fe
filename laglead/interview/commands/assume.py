"""`assume TEXT`: writes an assumption down, where whoever reads the result will find it."""

from __future__ import annotations

from laglead.interview.asking import about
from laglead.interview.desk import Desk
from laglead.interview.event import Kind

ORDER = 30
USAGE = "assume TEXT"


def command(desk: Desk, text: str) -> None:
    """Write an assumption down; it is not answered."""
    if not text:
        desk.say('What do you assume? For example: assume "rows without a user are left out"')
        return
    desk.record(Kind.ASSUMED, text=text, matched=[one.question for one in about(text, desk.decisions)])
    desk.say("Written down.")
