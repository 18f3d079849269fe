"""`laglead interview`: a timed screen as a lab would give it."""

from __future__ import annotations

import random
from typing import Annotated

import typer

from checker.dataset import open_dataset
from laglead import workspace

ORDER = 85


def command(
    minutes: Annotated[int, typer.Option(help="How long it takes; the parts keep their shares.", min=5, max=240)] = 60,
    tracks: Annotated[str, typer.Option(help="Tracks to draw from, with commas between.")] = "",
    seed: Annotated[int | None, typer.Option(help="Draws the questions; the same seed asks the same.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Begin another one, even when one is unfinished.")] = False,
) -> None:
    """Hold an interview: five parts against the clock, vague questions, no hints."""
    from laglead.interview import room  # noqa: PLC0415 - no other command needs it
    from laglead.interview.console import console  # noqa: PLC0415

    here = workspace.needed()
    place = room.Room(here.root, open_dataset(here.data), console(), room.wall_clock)
    drawn = random.randrange(1000) if seed is None else seed
    room.hold(place, room.Wanted(minutes, tuple(filter(None, tracks.split(","))), drawn), new=new)
