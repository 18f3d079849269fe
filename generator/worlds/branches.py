"""Trees in worlds of `message_events`: questions reworded, answers generated again, now and then a cycle."""

from __future__ import annotations

from generator.seed import Stream
from generator.worlds.world import Row


def grown(stream: Stream, message: Row, earlier: list[Row]) -> Row:
    """Where the message hangs in the tree of its conversation, and who wrote it: columns that replace its own."""
    version = 1 if stream.chance(8) else stream.pick((2, 3, 4))
    row: Row = {"schema_version": version}
    said = [row for row in earlier if row["conversation_id"] == message["conversation_id"]]
    role, parent = _hung(stream, said)
    row |= {"role": role, "parent_message_id": None if version == 1 else parent}
    if role == "assistant":
        row |= {"is_refusal": stream.pick((True, True, False, None)), "status": stream.pick((200, 200, 200, 529))}
    return row


def _hung(stream: Stream, said: list[Row]) -> tuple[str, str | None]:
    """An answer, another wording, the next question or something else; (role, parent)."""
    asked = [row for row in said if row["role"] == "user"]
    draw = stream.below(100)
    if not asked or draw < 5:
        return "user", stream.pick((None, None, "m0", *(row["message_id"] for row in said[-1:])))
    question = asked[-1] if stream.chance(75) else stream.pick(asked)
    if draw < 48:
        return "assistant", question["message_id"]
    if draw < 84:
        return "user", question["parent_message_id"]
    before = stream.pick([row for row in said if row["role"] != "user"] or asked)
    return ("user" if draw < 96 else stream.pick(("tool", "system"))), before["message_id"]


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
