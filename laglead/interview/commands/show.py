"""`show`: the part's question again."""

from __future__ import annotations

from laglead.interview.desk import Desk
from laglead.interview.screens import screen

ORDER = 10
USAGE = "show"


def command(desk: Desk, text: str) -> None:
    """Show the question again."""
    desk.say(screen(desk, desk.part))
