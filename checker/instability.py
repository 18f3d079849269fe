"""Says why an answer changes with the order of stored rows: the tie or the missing order that the example shows."""

from __future__ import annotations

from collections.abc import Sequence

from checker.result import LooseEnd
from checker.verdict import Counterexample, Rows

MOST_NAMED = 3


def message(loose_ends: Sequence[LooseEnd], example: Counterexample) -> str:
    """What is wrong, why, and what to do."""
    showing = [end for end in loose_ends if _shows(end, example)] or list(loose_ends)
    named = "; or ".join(end.what for end in showing[:MOST_NAMED])
    changes = "the answer changes when the same rows are stored in another order"
    advice = "Order by keys that tell all rows apart, or ask for something that no tie can change."
    if not named:
        return f"{changes.capitalize()}: somewhere it picks among rows without an order. {advice}"
    return f"{named}: {changes}. {advice}"


def _shows(end: LooseEnd, example: Counterexample) -> bool:
    """Whether rows of the example tie in its columns; where they are not of one table, it cannot be told."""
    if end.columns is None:
        return True
    wanted = [column.lower() for column in end.columns]
    tables = [table for table in example.tables.values() if set(wanted) <= {name.lower() for name in table.columns}]
    return not tables or any(_ties(table, wanted) for table in tables)


def _ties(table: Rows, columns: Sequence[str]) -> bool:
    places = [[name.lower() for name in table.columns].index(column) for column in columns]
    keys = [tuple(row[place] for place in places) for row in table.rows]
    return len(set(keys)) < len(keys)
