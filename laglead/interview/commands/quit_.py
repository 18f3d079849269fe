"""`quit`: leaves the room; the clock goes on."""

from __future__ import annotations

from laglead.interview.desk import Desk

ORDER = 100
USAGE = "quit"


def command(desk: Desk, text: str) -> None:
    """Leave; the clock goes on. Back in: laglead interview"""
    desk.leaving = True
