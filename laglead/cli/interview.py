"""`laglead interview`: a timed screen as a lab would give it, and a report of what it saw."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Annotated

import typer

from checker.dataset import Dataset, open_dataset
from laglead import workspace
from laglead.cachefolder import cache_folder
from laglead.errors import Mistake

if TYPE_CHECKING:
    from laglead.interview.session import Session

ORDER = 85


def command(
    session: Annotated[str, typer.Argument(help="With --report: the session; the latest when none is named.")] = "",
    minutes: Annotated[int, typer.Option(help="How long it takes; the parts keep their shares.", min=5, max=240)] = 60,
    tracks: Annotated[str, typer.Option(help="Tracks to draw from, with commas between.")] = "",
    seed: Annotated[int | None, typer.Option(help="Draws the questions; the same seed asks the same.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Begin another one, even when one is unfinished.")] = False,
    again: Annotated[bool, typer.Option("--report", help="Print the report of a session that is over again.")] = False,
) -> None:
    """Hold an interview: five parts against the clock, vague questions, no hints."""
    from laglead.interview import room  # noqa: PLC0415 - no other command needs it
    from laglead.interview.console import console  # noqa: PLC0415

    here = workspace.needed()
    data = open_dataset(here.data)
    if again:
        _report(room.chosen(here.root, session), data)
        return
    if session:
        raise Mistake(f"To see the report of a session: laglead interview --report {session}")
    place = room.Room(here.root, data, console(), room.wall_clock)
    drawn = random.randrange(1000) if seed is None else seed
    desk = room.hold(place, room.Wanted(minutes, tuple(filter(None, tracks.split(","))), drawn), new=new)
    if desk.session.is_over(desk.now()):
        _report(desk.session, data)


def _report(held: Session, data: Dataset) -> None:
    from laglead.interview import closing, room  # noqa: PLC0415
    from laglead.interview.report_text import report_text  # noqa: PLC0415
    from laglead.steps import Steps  # noqa: PLC0415

    if not held.is_over(room.wall_clock()):
        raise Mistake(f"The interview {held.name} is not over. Go on with it: laglead interview")
    with Steps() as steps:
        found, page = closing.close(held, data, room.wall_clock, cache=cache_folder(), progress=steps.step)
    typer.echo(report_text(found))
    typer.echo(f"\nAs a page: {workspace.shown(page)}\nAgain: laglead interview --report {held.name}")
