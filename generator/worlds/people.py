"""Worlds of `conversations` and `users`: who held what, under which id and in which period."""

from __future__ import annotations

from generator.seed import Stream
from generator.worlds.world import Filler, Row, World


def draw(world: World) -> dict[str, list[Row]]:
    """Every conversation that other tables name, some that nobody wrote in, and users with their periods."""
    return {"conversations": _conversations(world), "users": _users(world)}


def _conversations(world: World) -> list[Row]:
    stream = world.stream("conversations")
    filler = Filler(world, "conversations", stream)
    used = {row["conversation_id"] for name in ("turns", "message_events") for row in world.rows[name]}
    rows = []
    for conversation in world.conversations:
        if conversation.id in used or not stream.chance(world.mood.absent):
            reference = stream.pick(world.references) if conversation.user_ref is None else conversation.user_ref
            leaf = _leaf(stream, world, conversation.id)
            fixed: Row = {"conversation_id": conversation.id, "started_at": world.clock.moment(stream)}
            fixed |= {} if leaf else {"current_message_id": None}
            rows.append(filler.row(fixed, user_ref=reference, current_message_id=leaf))
            if not stream.chance(30):
                rows[-1]["deleted_at"] = None
    if stream.chance(30) and not stream.chance(world.mood.absent):
        empty: Row = {"conversation_id": "c9", "started_at": world.clock.moment(stream), "current_message_id": None}
        rows.append(filler.row(empty, user_ref=stream.pick(world.references)))
    return rows


def _leaf(stream: Stream, world: World, conversation: str) -> str | None:
    """A message of the conversation that no other follows, not always the newest."""
    events = [row for row in world.rows["message_events"] if row["conversation_id"] == conversation]
    parents = {row["parent_message_id"] for row in events}
    leaves = sorted({row["message_id"] for row in events if row["message_id"] not in parents})
    return stream.pick(leaves) if leaves else None


def _users(world: World) -> list[Row]:
    stream = world.stream("users")
    filler = Filler(world, "users", stream)
    rows: list[Row] = []
    if stream.chance(world.mood.absent):
        return rows
    for reference in world.references:
        if stream.chance(10):
            continue
        user, start = stream.pick(world.users), world.clock.start_us - stream.pick((0, world.clock.edge(stream)))
        many = stream.pick((1, 1, 2, 3))
        for period in range(many):
            # A period ends exactly where the next one starts; one reference may become another user.
            end = None if period == many - 1 and stream.chance(75) else start + 1 + world.clock.gap(stream)
            fixed: Row = {"user_ref": reference, "user_id": user, "valid_from": start, "valid_to": end}
            merged = stream.pick(world.users)
            rows.append(filler.row(fixed, merged_into=None if merged == user or stream.chance(60) else merged))
            if not stream.chance(30):
                rows[-1]["deleted_at"] = None
            if end is None:
                break
            start, user = end, stream.pick((user, stream.pick(world.users)))
    return rows
