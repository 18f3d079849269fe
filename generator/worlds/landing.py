"""Worlds of the landing tables `raw_v1` .. `raw_v4`: the same few conversations as four API generations log them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from generator.worlds import nested
from generator.worlds.clock import DAY
from generator.worlds.events import FAILURES, numbered, parent
from generator.worlds.threshold import SECOND
from generator.worlds.world import Filler, Row, World, words

_MOST = 5
_ROLES = {1: {"user": "human", "assistant": "gpt"}}
_OFFSETS_MINUTES = (0, 0, 60, -300, 330)


def draw(world: World) -> dict[str, list[Row]]:
    """Rows of each landing table; `ingest_seq` is unique over the four."""
    return {f"raw_v{version}": _table(world, version) for version in (1, 2, 3, 4)}


def _table(world: World, version: int) -> list[Row]:
    name = f"raw_v{version}"
    stream = world.stream(name)
    filler = Filler(world, name, stream)
    rows: list[Row] = []
    moment = world.clock.moment(stream)
    # v2 and v3 share message ids in the dual-written week, the others do not.
    messages = iter(
        stream.shuffled(
            [f"m{n}" for n in range(1, 50)] if version in (2, 3) else [f"w{version}{n}" for n in range(1, 50)]
        )
    )
    for _ in range(world.size(stream, name, _MOST)):
        if rows and stream.chance(world.mood.repeat):
            row = stream.pick(rows)
            rows.append({**row, "ingested_at": row["ingested_at"] + stream.pick((0, 0, 1, 5 * SECOND))})
            continue
        moment = world.clock.after(stream, moment)
        rows.append(_message(world, filler, version, next(messages), rows, moment))
    return numbered(stream, rows, step=4, first=version)


def _message(world: World, filler: Filler, version: int, message: str, earlier: list[Row], moment: int) -> Row:
    stream = filler.stream
    role = stream.pick(("user", "assistant", "user", "assistant", "tool", "system"))
    conversation = stream.pick(world.conversations)
    status = 200 if role == "user" else stream.pick((200, 200, 200, *FAILURES))
    lost = stream.chance(stream.pick(world.mood.nulls) // 2)
    fixed: Row = {
        "event_id": None if version == 1 and stream.chance(30) else f"e{version}{message}",
        "ingested_at": moment + stream.pick((0, 0, 1, 2 * SECOND, 3 * DAY)),
        "ingest_seq": 0,
        "status": status,
        "conversation_id": None if lost else conversation.id,
        "message_id": message,
        "parent_message_id": parent(stream, earlier, conversation.id),
        "role": _ROLES.get(version, {}).get(role, role),
        "request_id": f"q{message}",
        "attempt": stream.pick((1, 1, 2)),
        "redacted": stream.chance(10),
        "metadata": nested.metadata(filler, refusal=version < 3),
    }
    if status == 200:
        fixed["error_type"] = None
    if role == "user":
        fixed |= dict.fromkeys(
            ("completed_at", "model", "finish_reason", "stop_reason", "usage", "refusal", "function_call", "tool_calls")
        )
    if role != "tool":
        fixed["tool_call_id"] = None
    if version == 1 and role == "user":
        fixed["created_at"] = None
    end = moment + stream.pick((0, SECOND, 5 * SECOND, -SECOND))
    loose = _loose(filler, version, role)
    loose |= {"created_at": _clock(version, moment, filler), "completed_at": _clock(version, end, filler)}
    return filler.row(fixed, user_ref=conversation.user_ref or stream.pick(world.references), **loose)


def _clock(version: int, moment_us: int, filler: Filler) -> Any:
    """A moment as the version logs it: whole seconds, float seconds, a timestamp, or ISO text with an offset."""
    if version == 1:
        return moment_us // SECOND
    if version == 2:
        return moment_us / SECOND
    if version == 3:
        return moment_us
    zone = timezone(timedelta(minutes=filler.stream.pick(_OFFSETS_MINUTES)))
    moment = datetime.fromtimestamp(moment_us // SECOND, UTC) + timedelta(microseconds=moment_us % SECOND)
    return moment.astimezone(zone).isoformat()


def _loose(filler: Filler, version: int, role: str) -> Row:
    stream = filler.stream
    common: Row = {
        "claims": nested.claims(filler, nested.draw_theme(filler)),
        "source_facts": nested.source_facts(filler),
        "ttft_ms": stream.pick((-1, 0, 120, 900)),
        "usage": nested.usage(filler),
        "content": nested.content(filler, role),
    }
    return common | _OF_VERSION[version](filler)


def _v1(filler: Filler) -> Row:
    call = {"name": filler.stream.pick(words()["tool_name"]), "arguments": filler.stream.pick(words()["arguments"])}
    content = filler.stream.pick(words()["text"])
    return {
        "content": content,
        "usage": nested.tokens_as_text(filler),
        "function_call": call,
        "moderation": _flat(filler),
    }


def _v2(filler: Filler) -> Row:
    pick = filler.stream.pick
    calls = [{"id": pick(("t1", "t2")), "name": pick(words()["tool_name"]), "arguments": pick(words()["arguments"])}]
    prompt, completion = pick((0, 10, 1024)), pick((0, 9, 200))
    blocks = [{"type": "text", "text": filler.maybe(pick(words()["text"]))} for _ in range(pick((0, 1, 1, 2)))]
    return {
        "content": blocks,
        "usage": {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion},
        "tool_calls": calls * pick((0, 1, 1)),
        "tool_call_id": pick(("t1", "t2", "t9")),
        "moderation": _flat(filler) | {"self_harm": filler.maybe(pick((0.0, 0.5, 0.9)))},
    }


def _v4(filler: Filler) -> Row:
    stream = filler.stream
    categories = stream.shuffled(words()["category"])[: stream.below(4)]
    scores = [
        {"flagged": filler.maybe(stream.chance(40)), "category": c, "score": stream.pick((0.1, 0.5, 0.9))}
        for c in categories
    ]
    thinking = {"thinking_tokens": stream.pick((None, 0, 5))}
    refusal = {"category": stream.pick(words()["category"]), "explanation": filler.maybe("no")}
    return {
        "usage": nested.usage(filler) | {"output_tokens_details": filler.maybe(thinking)},
        "refusal": refusal,
        "moderation": scores,
    }


def _flat(filler: Filler) -> Row:
    names = ("hate", "self-harm", "sexual", "violence")
    scores = {name: filler.maybe(filler.stream.pick((0.0, 0.1, 0.5, 0.9))) for name in names}
    return {"flagged": filler.maybe(filler.stream.chance(40)), **scores}


_OF_VERSION = {1: _v1, 2: _v2, 3: lambda filler: Row(), 4: _v4}
