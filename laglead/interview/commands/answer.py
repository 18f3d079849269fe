"""`answer FILE`: the query of this part is in another file."""

from __future__ import annotations

from pathlib import Path

from laglead.interview.desk import Desk
from laglead.interview.event import Kind
from laglead.interview.part import Part
from laglead.interview.screens import shown

ORDER = 50
USAGE = "answer FILE"


def command(desk: Desk, text: str) -> None:
    """Say in which file your work on this part is."""
    if desk.part is Part.SUMMARY:
        desk.say("The summary is typed here: say SENTENCES")
        return
    if text and not Path(text).is_file():
        desk.say(f"{text}: there is no such file.")
        return
    if text:
        desk.record(Kind.PLACED, path=str(Path(text).absolute()))
    desk.say(f"Your work on this part: {shown(desk, desk.part)}")
