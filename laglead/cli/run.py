"""`laglead run FILE|-`: a query in the sandbox, its rows as a table; never an attempt."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from checker import answer
from checker.check import Answer, run_query
from checker.dataset import open_dataset
from checker.errors import AnswerMissing
from checker.verdict import Broken, Refused, Rows, TimedOut
from laglead import cellview, workspace
from laglead.cellview import Look
from laglead.errors import MISTAKE, Mistake
from laglead.output import Format, FormatOption, print_json
from laglead.verdict_json import rows_json
from laglead.verdict_text import trouble

ORDER = 55
MOST_ROWS = 40
LONGEST_LINE = 1_000_000


def command(
    file: Annotated[str, typer.Argument(help="A file with one SELECT, or - for standard input.", metavar="FILE|-")],
    output: FormatOption = Format.TEXT,
) -> None:
    """Run a query on the practice log and show its rows; nothing is judged."""
    sql = _text(file)
    found = sql if isinstance(sql, Refused) else run_query(sql, open_dataset(workspace.needed().data))
    if isinstance(found, Answer):
        _show(found.rows, output)
        return
    _complain(found, sql if isinstance(sql, str) else "", file, output)
    raise typer.Exit(MISTAKE)


def _text(file: str) -> str | Refused:
    if file == "-":
        return answer.from_bytes(sys.stdin.buffer.read(answer.SIZE_LIMIT_BYTES + 1))
    try:
        return answer.read(Path(file))
    except AnswerMissing:
        raise Mistake(f"{file}: there is no such file. Name a file with one SELECT, or - to type one.") from None


def _show(rows: Rows, output: Format) -> None:
    if output is Format.JSON:
        print_json(rows_json(rows))
        return
    # A file or another program takes lines of any length.
    room = 0 if sys.stdout.isatty() else LONGEST_LINE
    typer.echo("\n".join(cellview.lines(rows, Look(most=MOST_ROWS, indent="", room=room))))


def _complain(found: Broken | Refused | TimedOut, sql: str, file: str, output: Format) -> None:
    if output is Format.JSON:
        location = None if isinstance(found, TimedOut) or found.location is None else found.location
        place = location and {"line": location.line, "column": location.column, "length": location.length}
        print_json({"error": {"message": found.message, "verdict": found.outcome, "location": place}})
        return
    typer.echo("\n".join(trouble(found, file, sql)), err=True)
