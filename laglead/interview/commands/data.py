"""`data [TABLE]`: the tables, or one table's columns."""

from __future__ import annotations

from laglead.data_dictionary import columns, named, overview
from laglead.errors import Mistake
from laglead.interview.desk import Desk
from laglead.terminal import clean

ORDER = 35
USAGE = "data [TABLE]"


def command(desk: Desk, text: str) -> None:
    """Show the tables, or one table's columns."""
    catalog = desk.data.catalog
    try:
        desk.say(clean("\n".join(columns(named(catalog, text)) if text else overview(catalog))))
    except Mistake as mistake:
        desk.say(str(mistake))
