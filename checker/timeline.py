"""How an exercise's examples are drawn on a line of time: which columns say who, when and what.

In the front matter:

    [timeline]
    table = "turns"                    # the input table; the first of `tables` when it is not named
    entity = "conversation_id"         # one lane for each value of this column
    at = "turn_index"                  # the column that orders the lane: a time or a number
    values = ["role", "risk"]          # columns of the input shown along the lane
    from = "low_turn_index"            # output columns that hold places on the lane: a row is drawn
    to = "high_turn_index"             # from one to the other; `from` alone is a point
    show = ["user_turns_apart"]        # output columns written beside it
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from checker import front_matter
from checker.front_matter import Document


@dataclass(frozen=True, slots=True)
class Timeline:
    """Columns of one input table and of the output; `begins` and `ends` are empty where rows have no place."""

    table: str
    entity: str
    at: str
    values: tuple[str, ...] = ()
    begins: str = ""
    ends: str = ""
    show: tuple[str, ...] = ()


def read(document: Document, tables: Collection[str], output: Collection[str]) -> Timeline | None:
    """The declared timeline, None where there is none; ExerciseError for a key or a column that does not exist."""
    raw = front_matter.value(document, document.keys, "timeline", dict, {})
    if not raw:
        return None
    front_matter.check_keys(
        document,
        raw,
        required=("entity", "at"),
        optional=("table", "values", "from", "to", "show"),
        inside="timeline",
    )
    table = front_matter.choice(document, raw, "table", list(tables), next(iter(tables)))
    begins, ends = (front_matter.value(document, raw, key, str, "") for key in ("from", "to"))
    show = front_matter.texts(document, raw, "show")
    for key, names in (("from", [begins] if begins else []), ("to", [ends] if ends else []), ("show", show)):
        for name in names:
            if name not in output:
                allowed = ", ".join(output)
                raise document.error(key, f"'{key}' names {name!r}, which is no output column; allowed: {allowed}")
    if ends and not begins:
        raise document.error("to", "'to' needs 'from': where the drawn row begins")
    entity, at = (front_matter.value(document, raw, key, str) for key in ("entity", "at"))
    return Timeline(table, entity, at, front_matter.texts(document, raw, "values"), begins, ends or begins, show)
