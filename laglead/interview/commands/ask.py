"""`ask TEXT`: an interviewer's answer from what was decided about the question."""

from __future__ import annotations

from laglead.interview.asking import about, column_named
from laglead.interview.desk import Desk
from laglead.interview.event import Kind
from laglead.prose import plain

ORDER = 20
USAGE = "ask TEXT"


def command(desk: Desk, text: str) -> None:
    """Ask the interviewer."""
    if not text:
        desk.say('What do you want to know? For example: ask "what about ties?"')
        return
    found = about(text, desk.decisions)
    column = None if found else column_named(text, desk.output)
    desk.record(Kind.ASKED, text=text, matched=[one.question for one in found], column=column and column.question)
    for one in (*found, *([column] if column else [])):
        desk.say(plain(f"{one.question} {one.answer}"))
    if not found and column is None:
        desk.say(
            plain(f"I have nothing on that. Decide yourself, and say so: assume TEXT. I can tell about {_TOPICS}.")
        )


_TOPICS = "which rows count, clocks and order, ties, missing values, the exact limit, duplicates, what a column means"
