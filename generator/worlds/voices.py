"""Worlds of `feedback`: ratings that are equal as numbers but not as text, recorded twice, revised, orphaned."""

from __future__ import annotations

from generator.worlds.world import Filler, Row, World

_VALUES = {
    "thumb": ("up", "down", "up", "N/A"),
    "likert5": ("1", "2", "3", "4", "5", "5.0", "4.0", "2.0", "4.6", "7", "N/A", ""),
    "slider100": ("0", "4", "5", "9", "10", "50.0", "100", "N/A"),
    "arena": ("a", "b", "tie"),
    "report": ("harmful", "wrong", "spam"),
}
_SPELLINGS = {"5": "5.0", "5.0": "5", "4": "4.0", "4.0": "4", "2.0": "2", "up": "UP", "N/A": ""}
_INSTRUMENTS = ("likert5", "likert5", "likert5", "thumb", "thumb", "slider100", "arena", "report")


def draw(world: World) -> dict[str, list[Row]]:
    """Rows of `feedback`, about messages of `turns` and of `message_events`."""
    stream = world.stream("feedback")
    filler = Filler(world, "feedback", stream)
    only = stream.pick(_INSTRUMENTS) if stream.chance(50) else None
    rows: list[Row] = []
    for number in range(1, 1 + world.size(stream, "feedback", 10)):
        if rows and stream.chance(20 + world.mood.repeat // 3):
            rows.append(_again(world, filler, stream.pick(rows), f"f{number}"))
            continue
        instrument = only or stream.pick(_INSTRUMENTS)
        known = [row["message_id"] for row in world.rows[stream.pick(("turns", "message_events"))]]
        message = stream.pick(known) if known and not stream.chance(12) else "m99"
        fixed: Row = {
            "feedback_id": f"f{number}",
            "message_id": message,
            "instrument": instrument,
            "revised_from": None,
        }
        fixed["created_at"] = world.clock.moment(stream)
        strangers = (*world.references, *world.references, "r9")
        rows.append(filler.row(fixed, user_ref=stream.pick(strangers), value=stream.pick(_VALUES[instrument])))
    return {"feedback": rows}


def _again(world: World, filler: Filler, row: Row, identity: str) -> Row:
    """The same voice twice: recorded again in another spelling, or revised at the same moment or later."""
    stream = filler.stream
    if stream.chance(50):
        return {**row, "feedback_id": identity, "value": _SPELLINGS.get(row["value"], row["value"])}
    value = filler.maybe(stream.pick(_VALUES[row["instrument"]]))
    later = row["created_at"] + world.clock.gap(stream)
    return {**row, "feedback_id": identity, "value": value, "revised_from": row["feedback_id"], "created_at": later}
