"""`run SQL`: a query on the practice log, in the sandbox, to look around with."""

from __future__ import annotations

from pathlib import Path

from checker import answer
from checker.check import Answer, run_query
from checker.errors import AnswerMissing
from checker.verdict import Refused
from laglead import cellview
from laglead.cellview import Look
from laglead.interview.desk import Desk
from laglead.interview.event import Kind
from laglead.verdict_text import trouble

ORDER = 40
USAGE = "run SQL|FILE"
MOST_ROWS = 20


def command(desk: Desk, text: str) -> None:
    """Look at the log with a query; alone, up to a line that ends in ;"""
    sql = _sql(text or _lines(desk))
    if isinstance(sql, Refused):
        desk.say("\n".join(trouble(sql, "run", "")))
        return
    found = run_query(sql, desk.data)
    if isinstance(found, Answer):
        desk.record(Kind.EXPLORED, sql=sql, outcome="rows", rows=len(found.rows.rows), more=found.rows.truncated)
        desk.say("\n".join(cellview.lines(found.rows, Look(most=MOST_ROWS, indent="  "))))
        return
    desk.record(Kind.EXPLORED, sql=sql, outcome=found.outcome, message=found.message)
    desk.say("\n".join(trouble(found, "run", sql)))


def _sql(text: str) -> str | Refused:
    """The text, or what is in the file that it names."""
    if text.endswith(".sql") and len(text.split()) == 1:
        try:
            return answer.read(Path(text))
        except AnswerMissing:
            return Refused(f"{text}: there is no such file. Name a file with one SELECT, or type one.")
    return text or Refused("There is no query. For example: run SELECT count(*) AS n FROM turns")


def _lines(desk: Desk) -> str:
    lines: list[str] = []
    while (line := desk.console.read("... ")) is not None and line.strip():
        lines.append(line)
        if line.rstrip().endswith(";"):
            break
    return "\n".join(lines)
