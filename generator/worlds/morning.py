"""Labels in worlds about a time of the day: readable just in time, a hair late or a day late, and corrected since."""

from __future__ import annotations

from generator.seed import Stream
from generator.worlds.clock import DAY, HOUR, MINUTE
from generator.worlds.threshold import SECOND, Daily
from generator.worlds.world import Filler, Row, World, words

MOST = 12
_BESIDE = (0, 0, 1, -1, -SECOND, -HOUR, -HOUR, -7 * HOUR, -DAY, HOUR, DAY)
_WAITED = (0, 0, SECOND, 2 * MINUTE, 6 * HOUR, 40 * HOUR)


def labels(world: World, filler: Filler, daily: Daily) -> list[Row]:
    """Labels of most user turns, low first and high later in a conversation, then corrections of some of them."""
    stream, rows = filler.stream, list[Row]()
    if stream.chance(world.mood.absent):
        return rows
    asked = [row for row in world.rows["turns"] if row["role"] == "user"]
    for turn in asked[:MOST]:
        if stream.chance(92):
            rows.append(_label(filler, turn, _due(world, turn, asked, daily), len(rows) + 1))
    for _ in range(min(stream.pick((0, 1, 2, 3, 4, 5)), MOST - len(rows)) if rows else 0):
        rows.append(_correction(filler, stream.pick(rows), len(rows) + 1))
    return rows


def _due(world: World, turn: Row, asked: list[Row], daily: Daily) -> int:
    """The time of the day that follows this turn, or a later one of its conversation, where their risk is read."""
    later = [
        row["created_at"]
        for row in asked
        if row["created_at"] is not None
        and row["conversation_id"] == turn["conversation_id"]
        and row["turn_index"] >= turn["turn_index"]
    ]
    read = world.clock.start_us if not later else later[-1]
    return ((read - daily.us) // DAY + 1) * DAY + daily.us


def _label(filler: Filler, turn: Row, due: int, number: int) -> Row:
    stream = filler.stream
    whole = turn["conversation_id"] is not None and stream.chance(8)
    risks = (0, 0, 1, 1, 1, 3) if turn["turn_index"] == 1 else (1, 2, 3, 3, 3, 3)
    target: Row = {
        "label_id": f"l{number}",
        "target_type": "conversation" if whole else "message",
        "message_id": None if whole else turn["message_id"],
        "conversation_id": turn["conversation_id"] if whole else None,
        "supersedes_id": None,
    }
    return filler.row(target | _judged(stream, stream.pick(risks), due + stream.pick(_BESIDE)))


def _correction(filler: Filler, earlier: Row, number: int) -> Row:
    """Another label of the same target, mostly one that replaces the earlier one, readable about when that was."""
    stream = filler.stream
    target = {name: earlier[name] for name in ("target_type", "message_id", "conversation_id")}
    link = {"label_id": f"l{number}", "supersedes_id": earlier["label_id"] if stream.chance(70) else None}
    readable = earlier["available_at"] + stream.pick((0, 0, 1, -1, SECOND, HOUR, -HOUR, DAY, -DAY))
    return filler.row(target | link | _judged(stream, stream.below(4), readable))


def _judged(stream: Stream, risk: int, readable: int) -> Row:
    source = stream.pick(("auto", "judge", "human"))
    return {
        "risk": risk,
        "category": None if risk == 0 else stream.pick(words()["category"]),
        "source": source,
        "rater_id": stream.pick(words()["rater_id"]) if source == "human" else None,
        "labelled_at": readable - stream.pick(_WAITED),
        "available_at": readable,
    }
