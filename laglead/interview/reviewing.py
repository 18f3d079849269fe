"""Hands in rows that should expose the mistake in a colleague's query."""

from __future__ import annotations

from collections.abc import Iterable

from checker.handmade import Alike, Exposed, RowProblem, Undecided, compare
from checker.verdict import Counterexample
from laglead import cellview
from laglead.cellview import Look
from laglead.interview.desk import Desk
from laglead.interview.event import Kind
from laglead.interview.part import Part
from laglead.interview.rows_file import parsed
from laglead.interview.screens import colleagues_query, shown
from laglead.prose import plain
from laglead.terminal import clean

MOST_BYTES = 64 * 1024
MOST_SHOWN = 8


def rows(desk: Desk) -> None:
    """Run the colleague's query and the expected one on the rows in the part's file; the last ones handed in count."""
    file = shown(desk, Part.REVIEW)
    try:
        given = parsed(_text(desk), desk.data.catalog)
        found = compare(desk.exercise(Part.REVIEW), colleagues_query(desk.plan.review), given, desk.data)
    except RowProblem as problem:
        desk.say(plain(clean(f"{file}:{problem.line}: {problem.message}")) + "\nNot handed in.")
        return
    count = len(given)
    said = f"{count} row{'' if count == 1 else 's'}"
    match found:
        case Exposed(example, always, error):
            desk.record(Kind.SUBMITTED, Part.REVIEW, text=_text(desk), rows=count, differs=True, always=always)
            what = f"their query fails there: {error}" if example is None else "the two differ there"
            desk.say(f"Handed in: {said}, and {what}.{'' if always else ' But not in every order of the rows.'}")
            desk.say("\n".join(_sides(example)) if example else "")
        case Alike(result):
            desk.record(Kind.SUBMITTED, Part.REVIEW, text=_text(desk), rows=count, differs=False)
            desk.say(f"Handed in: {said}, but on them their query gives what it should:")
            desk.say("\n".join(cellview.lines(result, Look(most=MOST_SHOWN, indent="  "))))
        case Undecided(message):
            desk.say(plain(clean(message)) + "\nNot handed in.")


def _text(desk: Desk) -> str:
    file = desk.session.file(Part.REVIEW)
    try:
        data = file.read_bytes()
        if len(data) > MOST_BYTES:
            raise RowProblem(1, f"the file is larger than {MOST_BYTES // 1024} KiB; a handful of rows is enough")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RowProblem(1, f"the file is not UTF-8 (byte {error.start + 1}); save it as UTF-8") from error
    except OSError as error:
        raise RowProblem(1, f"the file cannot be read ({error.strerror}); write your rows there") from error


def _sides(example: Counterexample) -> Iterable[str]:
    for title, side, marks in (
        ("theirs", example.actual, example.actual_marks),
        ("expected", example.expected, example.expected_marks),
    ):
        yield f"  {title}"
        yield from cellview.lines(side, Look(marks=marks, first=frozenset(c for _, c in marks), most=MOST_SHOWN))
