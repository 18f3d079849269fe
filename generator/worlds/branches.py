"""Trees in worlds of `message_events`: questions reworded, answers generated again, now and then a cycle."""

from __future__ import annotations

from generator.seed import Stream
from generator.worlds.world import Row


def grown(stream: Stream, message: Row, earlier: list[Row], *, tall: bool) -> Row:
    """Where the message hangs in the tree of its conversation, and who wrote it: columns that replace its own."""
    version = 1 if stream.chance(8) else stream.pick((2, 3, 4))
    row: Row = {"schema_version": version}
    said = [row for row in earlier if row["conversation_id"] == message["conversation_id"]]
    role, parent = _hung(stream, said, tall=tall)
    row |= {"role": role, "parent_message_id": None if version == 1 else parent}
    if role == "assistant":
        row |= {"is_refusal": stream.pick((True, True, False, None)), "status": stream.pick((200, 200, 200, 529))}
    return row


def _hung(stream: Stream, said: list[Row], *, tall: bool) -> tuple[str, str | None]:
    """An answer, another wording, the next question or something else; (role, parent). A tall tree seldom forks."""
    asked = [row for row in said if row["role"] == "user"]
    if not asked or stream.chance(4):
        return "user", stream.pick((None, None, "m0", *(row["message_id"] for row in said[-1:])))
    newest = 90 if tall else 70
    question = asked[-1] if stream.chance(newest) else stream.pick(asked)
    waiting = said[-1]["role"] == "user"
    if stream.chance(newest - 5 if waiting else 110 - newest):
        return "assistant", question["message_id"]
    if stream.chance(10 if tall else 75):
        return "user", question["parent_message_id"]
    answered = [row for row in said if row["role"] != "user"] or asked
    before = answered[-1] if stream.chance(newest) else stream.pick(answered)
    return stream.pick(("user", "user", "user", "user", "tool", "system")), before["message_id"]


def close_a_cycle(stream: Stream, rows: list[Row]) -> None:
    """Now and then let the first message of a conversation follow one that follows it."""
    if not stream.chance(15):
        return
    for child in rows:
        root = next((row for row in rows if row["message_id"] == child["parent_message_id"]), None)
        if root is not None and root["schema_version"] > 1 and root["parent_message_id"] in (None, "m0"):
            for row in rows:
                if row["message_id"] == root["message_id"]:
                    row["parent_message_id"] = child["message_id"]
            return
