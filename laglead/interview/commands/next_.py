"""`next`: ends the part; its time goes to the next one."""

from __future__ import annotations

from laglead.interview.desk import Desk
from laglead.interview.event import Kind

ORDER = 90
USAGE = "next"


def command(desk: Desk, text: str) -> None:
    """End this part; its time goes to the next one."""
    if desk.part.is_query and desk.session.latest(Kind.SUBMITTED, desk.part) is None and text != "anyway":
        desk.say("Nothing is handed in yet: submit. To go on without: next anyway")
        return
    desk.record(Kind.MOVED_ON)
