"""`help`: what can be typed."""

from __future__ import annotations

from laglead.interview.desk import Desk
from laglead.interview.typed import commands

ORDER = 110
USAGE = "help"


def command(desk: Desk, text: str) -> None:
    """Show what can be typed."""
    for module in commands():
        desk.say(f"  {module.USAGE:14} {(module.command.__doc__ or '').strip()}")
