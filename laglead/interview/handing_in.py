"""Hands in a query: it must run and have the columns; what it is worth is said at the end."""

from __future__ import annotations

from checker import answer
from checker.contract import Mismatch
from checker.errors import AnswerMissing
from checker.rehearsal import Ran, rehearse
from checker.verdict import Broken, Refused, TimedOut
from laglead.interview.desk import Desk
from laglead.interview.event import Kind
from laglead.interview.screens import shown
from laglead.prose import plain
from laglead.verdict_text import trouble


def query(desk: Desk) -> None:
    """Hand in what is in the part's file now; a text that does not run or has other columns is not taken."""
    part, file = desk.part, shown(desk, desk.part)
    try:
        sql = answer.read(desk.session.file(part))
    except AnswerMissing:
        desk.say(f"{file}: there is no such file. Write your query there, or name another: answer FILE")
        return
    found = sql if isinstance(sql, Refused) else rehearse(desk.exercise(part), sql, desk.data)
    match found:
        case Ran(rows):
            desk.record(Kind.SUBMITTED, part, sql=sql, rows=rows)
            desk.say(
                f"Handed in: {rows:,} row{'' if rows == 1 else 's'} on the practice log. {desk.left()} left; on: next"
            )
        case Mismatch(_, message, reasons):
            desk.say("\n".join(["Not handed in:", plain(message), *(plain(f"- {reason}") for reason in reasons)]))
        case Broken() | Refused() | TimedOut():
            text = sql if isinstance(sql, str) else ""
            desk.say("\n".join(["Not handed in:", *trouble(found, file, text)]))
