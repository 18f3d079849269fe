"""Worlds of `message_events`: trees with branches and lost parents, retries, and redeliveries that tie."""

from __future__ import annotations

from typing import Any

from generator.seed import Stream
from generator.worlds import branches, nested
from generator.worlds.clock import DAY
from generator.worlds.world import Filler, Row, World

FAILURES = (429, 500, 529)
_SAID = ("user", "assistant", "user", "assistant", "tool", "system")
_CALLED = ("assistant", "assistant", "assistant", "assistant", "user", "tool")


def draw(world: World) -> dict[str, list[Row]]:
    """Rows of `message_events`: messages first, then their further deliveries, numbered as they arrived."""
    stream = world.stream("message_events")
    filler = Filler(world, "message_events", stream)
    room = world.size(stream, "message_events")
    if world.counts("branches") and room:
        room = max(room, 12 + world.counts("branches"))
    if world.counts("attempts") and room:
        room = max(room, 12)
    rows: list[Row] = []
    messages = iter(stream.shuffled([*world.messages, *(f"m{n}" for n in range(13, 13 + room))]))
    moment = world.clock.moment(stream)
    # Where branches are counted, conversations grow as trees whose answers are all about one thing.
    theme = nested.draw_theme(filler, dense=True) if world.counts("branches") else None
    tall = stream.chance(50) if theme is not None else False
    while len(rows) < room:
        if rows and stream.chance(world.mood.repeat if theme is None else (12 + world.mood.repeat // 3)):
            rows.append(_redelivered(world, filler, stream.pick(rows)))
        elif rows and stream.chance(45 if world.counts("attempts") else 8 if theme is None else 15):
            rows.append(_retried(world, filler, stream.pick(rows), next(messages)))
        else:
            moment = _next_moment(world, stream, moment)
            rows.append(_first(world, filler, next(messages), rows, moment, theme=theme, tall=tall))
    if theme is not None:
        branches.close_a_cycle(stream, rows)
    return {"message_events": numbered(stream, rows)}


def _next_moment(world: World, stream: Stream, moment: int) -> int:
    """When the next message comes; where attempts are counted, calls lie on a few days beside each other."""
    if world.counts("attempts"):
        return world.clock.start_us + stream.pick((0, 0, DAY, DAY, DAY, 2 * DAY)) + world.clock.gap(stream)
    return world.clock.after(stream, moment)


def numbered(stream: Stream, rows: list[Row], step: int = 1, first: int = 1) -> list[Row]:
    """The rows with `ingest_seq` in arrival order; numbers such as 9 and 10 sort otherwise as text."""
    sequence = first + step * stream.pick((0, 7, 95))
    for row in sorted(stream.shuffled(rows), key=lambda row: int(row["ingested_at"])):
        row["ingest_seq"] = sequence
        sequence += step * stream.pick((1, 1, 1, 2))
    return rows


def _first(
    world: World,
    filler: Filler,
    message: str,
    earlier: list[Row],
    moment: int,
    *,
    theme: nested.Theme | None,
    tall: bool,
) -> Row:
    stream = filler.stream
    role = stream.pick(_CALLED if world.counts("attempts") else _SAID)
    version = stream.pick((1, 2, 3, 4))
    conversation = stream.pick(world.conversations if theme is None else world.conversations[: 1 if tall else 2])
    lost = stream.chance(stream.pick(world.mood.nulls) // 2)
    fixed: Row = {
        "schema_version": version,
        "event_id": None if version == 1 and stream.chance(30) else f"e{message[1:]}",
        "conversation_id": None if lost else conversation.id,
        "message_id": message,
        "parent_message_id": None if version == 1 else parent(stream, earlier, conversation.id),
        "role": role,
        "ingested_at": moment + stream.pick((0, 0, 1, 2_000_000, world.clock.gap(stream), 3 * DAY)),
        "ingest_seq": 0,
        "request_id": f"q{message[1:]}",
        # The first attempt of some calls was never logged.
        "attempt": stream.pick((1, 1, 1, 2)) if world.counts("attempts") else 1,
        "redacted": stream.chance(10),
        "metadata": nested.metadata(filler, refusal=False),
    }
    if theme is not None:
        fixed |= branches.grown(stream, fixed, earlier, tall=tall)
    fixed = _of_role(stream, fixed["role"], fixed["schema_version"]) | fixed
    return filler.row(fixed, **_loose(filler, conversation.user_ref, fixed["role"], moment, theme))


def _of_role(stream: Stream, role: str, version: int) -> Row:
    """What follows from role and version: v1 user rows have no clock, only answers have an end, a model and usage."""
    row: Row = {"claims": None} if version == 1 else {}
    if role == "user":
        row |= dict.fromkeys(("completed_at", "is_refusal", "model", "stop_reason", "usage", "error_type"))
        row |= {"status": 200} | ({"created_at": None} if version == 1 else {})
        return row
    status = stream.pick((200, 200, 200, *FAILURES))
    if version < 3 and stream.chance(70):
        row["is_refusal"] = None
    return row | {"status": status} | ({"error_type": None} if status == 200 else {})


def _loose(filler: Filler, user_ref: str | None, role: str, moment: int, theme: nested.Theme | None) -> dict[str, Any]:
    stream = filler.stream
    return {
        "user_ref": user_ref if user_ref else stream.pick(filler.world.references),
        "created_at": moment,
        "completed_at": moment + stream.pick((0, 1, 900_000, 5_000_000, -1_000_000)),
        "content": nested.content(filler, role),
        "claims": nested.claims(filler, theme or nested.draw_theme(filler)),
        "source_facts": nested.source_facts(filler),
        "usage": nested.usage(filler),
        "ttft_ms": stream.pick((-1, 0, 120, 900)),
    }


def parent(stream: Stream, earlier: list[Row], conversation: str) -> str | None:
    """The newest message of the conversation, an older one (a branch), one that is missing, or none."""
    known = [row["message_id"] for row in earlier if row["conversation_id"] == conversation]
    if not known or stream.chance(8):
        return "m0" if stream.chance(15) else None
    return str(known[-1] if stream.chance(65) else stream.pick(known))


def _redelivered(world: World, filler: Filler, row: Row) -> Row:
    """The same event again: at the same moment, a hair beside it or later; often completed or changed."""
    stream = filler.stream
    again = {**row, "ingested_at": row["ingested_at"] + stream.pick((0, 0, 0, 1, -1, world.clock.gap(stream)))}
    if stream.chance(60) and row["role"] != "user":
        again["usage"] = filler.maybe(nested.usage(filler))
        again["stop_reason"] = stream.pick(("stop", "end_turn", None))
    if stream.chance(50):
        again["content"] = filler.maybe(nested.content(filler, row["role"]))
    if stream.chance(15):
        again["status"] = stream.pick((200, 500))
        again["error_type"] = None if again["status"] == 200 else "timeout"
    if world.counts("branches") and row["role"] == "assistant" and stream.chance(30):
        again["is_refusal"] = stream.pick((True, False, None))
    if row["schema_version"] == 2 and row["event_id"] is not None and stream.chance(20):
        # A conversation of the dual-written week: v2 once more as v3, under another event.
        again |= {"schema_version": 3, "event_id": f"{row['event_id']}d"}
    return again


def _retried(world: World, filler: Filler, row: Row, message: str) -> Row:
    """One more attempt of the same call under a new message id, after the first one failed."""
    stream = filler.stream
    if row["role"] != "user":
        row |= {"status": stream.pick(FAILURES), "error_type": "overloaded"}
    event = None if row["event_id"] is None else f"e{message[1:]}"
    waits = (0, 1, 2_000_000, world.clock.gap(stream)) if world.counts("attempts") else (0, 1, 2_000_000)
    later = row["ingested_at"] + stream.pick(waits)
    attempt = row["attempt"] + (stream.pick((1, 1, 2)) if world.counts("attempts") else 1)
    fresh = {"message_id": message, "event_id": event, "attempt": attempt, "ingested_at": later}
    return {
        **row,
        **fresh,
        "status": 200,
        "error_type": None,
        "content": filler.maybe(nested.content(filler, row["role"])),
    }
