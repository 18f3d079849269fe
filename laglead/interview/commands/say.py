"""`say SENTENCES`: the summary for whoever asked."""

from __future__ import annotations

import re

from laglead.interview.desk import Desk
from laglead.interview.event import Kind
from laglead.interview.part import Part
from laglead.prose import plain

ORDER = 70
USAGE = "say SENTENCES"
SENTENCES = 2


def command(desk: Desk, text: str) -> None:
    """Write the summary, in the last part."""
    if desk.part is not Part.SUMMARY:
        desk.say("That is for the last part. What you assume: assume TEXT")
        return
    if not text:
        desk.say("Two sentences: what you found, and what it rests on.")
        return
    count = sentences(text)
    desk.record(Kind.SUMMARISED, text=text, sentences=count)
    more = "" if count == SENTENCES else f" That is {count} sentence{'' if count == 1 else 's'}; two were asked for."
    desk.say(plain(f"Written down.{more} Say it again to change it, or: next"))


def sentences(text: str) -> int:
    """How many sentences a text has: a dot within a number or a name ends none."""
    return len(re.findall(r"[^.!?]+(?:[.!?](?=\S)[^.!?]+)*(?:[.!?]+|$)", text.strip())) if text.strip() else 0
