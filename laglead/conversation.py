"""One conversation of the log in place, message by message, with the branches that its user does not see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from checker.dataset import open_dataset
from laglead.errors import Mistake

STATEMENTS = Path(__file__).parent / "statements"


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `turn_index` is None off the path, `calls` are (tool, arguments) that it asks for."""

    turn_index: int | None
    message_id: str
    parent_message_id: str | None
    role: str
    created_at: str | None
    text: str | None
    risk: str | None
    risk_source: str | None
    is_refusal: bool | None
    status: int | None
    model: str | None
    user_id: str | None
    calls: tuple[tuple[str | None, str | None], ...]
    failed: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns in order; `branches` are the other messages, by the message they follow (None: nothing known)."""

    id: str
    turns: tuple[Message, ...]
    branches: Mapping[str | None, tuple[Message, ...]]

    def as_json(self) -> dict[str, Any]:
        """Everything that is known, for programs."""
        others = [message for group in self.branches.values() for message in group]
        return {
            "conversation_id": self.id,
            "turns": [_as_json(message) for message in self.turns],
            "branches": [_as_json(message) for message in others],
        }


def read(folder: Path, wanted: str) -> Conversation:
    """The conversation of that id, or whose id alone begins so; Mistake names near ones when there is none."""
    import duckdb  # noqa: PLC0415 - the check path's parent must never import it

    data = open_dataset(folder)
    with duckdb.connect(str(data.native), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")

        def rows(statement: str, name: str) -> list[tuple[Any, ...]]:
            sql = (STATEMENTS / f"{statement}.sql").read_text(encoding="utf-8")
            return connection.execute(sql, {"conversation": name}).fetchall()

        found = rows("conversation", wanted)
        if found:
            return _conversation(wanted, found)
        near = [name for (name,) in rows("near_conversations", wanted)]
        alike = [name for name in near if wanted and name.startswith(wanted)]
        if len(alike) == 1:
            found = rows("conversation", alike[0])
        if found:
            return _conversation(alike[0], found)
    raise _unknown(wanted, near, alike)


def _unknown(wanted: str, near: Sequence[str], alike: Sequence[str]) -> Mistake:
    if wanted in near:
        return Mistake(f"Conversation '{wanted}' was opened, but nothing was ever written in it. Another: {near[-1]}")
    which = f"More than one begins with '{wanted}'" if alike else f"There is no conversation '{wanted}'"
    return Mistake(f"{which}. Near: {', '.join(near)}" if near else f"{which}. See: laglead data conversations")


def _conversation(name: str, rows: Sequence[tuple[Any, ...]]) -> Conversation:
    messages = [_message(row) for row in rows]
    branches: dict[str | None, list[Message]] = defaultdict(list)
    known = {message.message_id for message in messages}
    for message in messages:
        if message.turn_index is None:
            parent = message.parent_message_id
            branches[parent if parent in known else None].append(message)
    turns = tuple(message for message in messages if message.turn_index is not None)
    return Conversation(name, turns, {parent: tuple(group) for parent, group in branches.items()})


def _message(row: tuple[Any, ...]) -> Message:
    *facts, calls, failed = row
    facts += [tuple((call["name"], call["arguments"]) for call in calls or ()), bool(failed)]
    return Message(*facts)


def _as_json(message: Message) -> dict[str, Any]:
    calls = [{"name": name, "arguments": arguments} for name, arguments in message.calls]
    return asdict(message) | {"calls": calls}
