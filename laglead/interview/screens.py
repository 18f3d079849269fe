"""What the candidate reads when a part begins, and whenever they ask for it again."""

from __future__ import annotations

from pathlib import Path

from checker.exercise import Exercise
from laglead import workspace
from laglead.interview.desk import Desk
from laglead.interview.part import Part
from laglead.prose import plain
from laglead.terminal import clean, paint

MISTAKE = "-- mistake:"


def screen(desk: Desk, part: Part) -> str:
    """The part's title, its question, and how it is answered."""
    ends = desk.session.agenda.ends(part).astimezone(desk.now().tzinfo)
    head = paint(part.title, "bold") + f"  {desk.left()} left, until {ends:%H:%M}"
    return "\n".join([head, "", *_body(desk, part)])


def _body(desk: Desk, part: Part) -> list[str]:
    file = shown(desk, part)
    match part:
        case Part.WARM_UP:
            return [plain(desk.plan.warm_up.prompt), "", *_contract(desk.exercise(part), file)]
        case Part.FLAGSHIP:
            return [plain(desk.plan.flagship.prompt), "", *_contract(desk.exercise(part), file)]
        case Part.TWIST:
            return [plain(desk.plan.twist.question), "", *_contract(desk.exercise(part), file)]
        case Part.REVIEW:
            return _review(desk, file)
        case Part.SUMMARY:
            return [plain(_SUMMARY)]


_SUMMARY = """\
Tell the person who asked what you found and what it rests on, in **two sentences**. They will not read the query.

Write them with: say SENTENCES
"""

_REVIEW = """\
A colleague answered the same question. By now it was settled as below. Their query runs, and one thing in it is
wrong. Do not mend it: write the **smallest rows** on which it gives another result than it should.
"""


def _contract(exercise: Exercise, file: str) -> list[str]:
    names = ", ".join(f"{column.name} {column.type}" for column in exercise.output)
    order = ", ".join(f"{name} desc" if descending else name for name, descending in exercise.order.by)
    lines = [
        f"Columns: {names}." + (f" Ordered by {order}." if order else ""),
        f"Tables: {', '.join(exercise.tables)}.",
    ]
    return [*(plain(line) for line in lines), f"Your query: {file}"]


def _review(desk: Desk, file: str) -> list[str]:
    query = colleagues_query(desk.plan.review)
    return [
        plain(_REVIEW),
        "",
        plain(desk.exercise(Part.REVIEW).prompt),
        "",
        f"Their query: {workspace.shown(desk.session.folder / 'colleague.sql')}",
        "",
        *(f"    {line}".rstrip() for line in clean(query).splitlines()),
        "",
        f"Your rows: {file}",
    ]


def colleagues_query(file: Path) -> str:
    """A wrong answer without the lines that say what is wrong with it."""
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    while lines and (lines[0].startswith(MISTAKE) or not lines[0].strip()):
        del lines[0]
    return "\n".join(lines) + "\n"


def shown(desk: Desk, part: Part) -> str:
    """The file of a part as a person would type it."""
    return workspace.shown(desk.session.file(part))
