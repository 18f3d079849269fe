"""Puts a file in place for each part: a head to write a query under, or a block to write rows into."""

from __future__ import annotations

import re

from checker.catalog import Catalog, Table
from checker.exercise import Exercise
from laglead.interview.desk import Desk
from laglead.interview.event import Kind
from laglead.interview.part import Part
from laglead.interview.screens import colleagues_query

_ROWS = """\
# The smallest rows on which the query gives another result than it should.
# One block for each table: its name, its columns, then a line for each row; cells end with |.
# An empty cell is NULL, '' is an empty text. Leave out what does not matter: it is NULL then, or a plain value
# of its own where the log never has NULL. Lists: [low, high]; lists of structs: [{'key': a, 'value': 1}].
"""


def place(desk: Desk, part: Part) -> None:
    """Make the part's files; what is already there is kept."""
    desk.session.folder.mkdir(parents=True, exist_ok=True)
    match part:
        case Part.WARM_UP | Part.FLAGSHIP | Part.TWIST:
            _write_once(desk, part, _head(desk.exercise(part)) + _before(desk, part))
        case Part.REVIEW:
            query = colleagues_query(desk.plan.review)
            (desk.session.folder / "colleague.sql").write_text(query, encoding="utf-8")
            _write_once(desk, part, _ROWS + _blocks(desk.exercise(part), query, desk.data.catalog))
        case Part.SUMMARY:
            pass


def _write_once(desk: Desk, part: Part, text: str) -> None:
    file = desk.session.file(part)
    if not file.exists():
        file.write_text(text, encoding="utf-8")


def _head(exercise: Exercise) -> str:
    return "".join(f"-- {column.name} {column.type}\n" for column in exercise.output) + "\n"


def _before(desk: Desk, part: Part) -> str:
    """What the follow-up begins with: the query that was handed in before it."""
    handed_in = desk.session.latest(Kind.SUBMITTED, Part.FLAGSHIP) if part is Part.TWIST else None
    if handed_in is None:
        return ""
    text = str(handed_in.facts["sql"])
    return text.removeprefix(_head(desk.exercise(Part.FLAGSHIP))).lstrip("\n")


def _blocks(exercise: Exercise, query: str, catalog: Catalog) -> str:
    words = {word.lower() for word in re.findall(r"\w+", query)}
    return "".join(_block(catalog.tables[name], words) for name in exercise.tables if name in words)


def _block(table: Table, words: set[str]) -> str:
    names = [column.name for column in table.columns if column.name.lower() in words]
    return f"\n{table.name}\n" + " | ".join(names) + "\n"
