"""Worlds of `turns`: short conversations whose user turns sit on and beside the thresholds."""

from __future__ import annotations

from collections.abc import Iterator

from generator.seed import Stream
from generator.worlds import nested
from generator.worlds.threshold import SECOND
from generator.worlds.world import Conversation, Filler, Row, World

RISKS = ("low", "medium", "high", None)
_LENGTHS = (1, 1, 2, 2, 3, 4, 5, 7)
_HABITS = (
    ("user", "assistant"),
    ("user", "assistant"),
    ("user",),
    ("user", "assistant", "tool", "assistant"),
    # Two user turns in a row follow an answer in the last but one.
    ("user", "assistant", "user"),
    ("assistant",),
)
# Who asserts, in worlds about going back on an assertion: mostly the model, sometimes with a gap in between.
_ASSERTING = (("assistant",), ("user", "assistant"), ("assistant", "assistant", "user"), ("assistant", "tool"))


def draw(world: World) -> dict[str, list[Row]]:
    """Rows of `turns`, conversation by conversation; times may interleave, tie and run backwards."""
    stream = world.stream("turns")
    filler = Filler(world, "turns", stream)
    room = world.size(stream, "turns")
    near = world.near("turns")
    if near is not None and room:
        room = max(12, near + 4)
    messages = iter(stream.shuffled([*world.messages, *(f"m{n}" for n in range(13, 13 + room))]))
    lost = stream.pick((0, 5, 5, 40))
    # Some worlds that count nothing are about claims: one theme, so that NULL or the wrong partition meets it.
    theme = nested.draw_theme(filler, dense=near is None and stream.chance(40 if world.threshold is None else 12))
    rows: list[Row] = []
    while len(rows) < room:
        taken = {row["conversation_id"] for row in rows}
        free = [c for c in world.conversations if c.id not in taken]
        if not free or stream.chance(lost):
            rows.append(_alone(world, filler, next(messages), rows, theme))
            continue
        plan = _plan(stream, room - len(rows), near, asserting=theme.dense)
        rows += _conversation(world, filler, free[0], plan, messages=messages, earlier=rows, theme=theme)
    return {"turns": rows}


def _plan(stream: Stream, room: int, near: int | None, *, asserting: bool) -> list[tuple[str, str | None]]:
    """The (role, risk) of each message: at random, or a low and a high about `near` user turns apart."""
    if asserting:
        usual, length = stream.pick(_ASSERTING), min(room, stream.pick((3, 4, 5, 6, 8)))
        return [(usual[n % len(usual)], stream.pick(RISKS)) for n in range(length)]
    if near is None or stream.chance(20):
        # Short ones leave room for further conversations of the same user.
        length = min(1 + room // 3 if stream.chance(50) else room, stream.pick(_LENGTHS))
        risks = stream.pick((RISKS, ("low", "high"), ("low", "high", None), ("low", "low", "medium", "high", None)))
        return [(role, stream.pick(risks)) for role in _roles(stream, length)]
    between = ("medium", None, None, "low", "high") if stream.chance(30) else ("medium", None)
    apart = max(1, near + stream.pick((-1, 0, 0, 1, 1)))
    risks_of_users: list[str | None] = ["low", *(stream.pick(between) for _ in range(apart - 1)), "high"]
    if stream.chance(20):
        risks_of_users.reverse()
    if stream.chance(30):
        risks_of_users.insert(0, stream.pick(("high", None, "low")))
    plan: list[tuple[str, str | None]] = []
    for risk in risks_of_users:
        plan.append(("user", risk))
        if stream.chance(35):
            plan.append((stream.pick(("assistant", "assistant", "tool", "system")), stream.pick(RISKS)))
    return plan if len(plan) <= room else plan[: max(room, 2)]


def _roles(stream: Stream, length: int) -> list[str]:
    usual = stream.pick(_HABITS)
    if stream.chance(15):
        return [stream.pick(("user", "user", "assistant", "tool", "system")) for _ in range(length)]
    roles = [usual[n % len(usual)] for n in range(length)]
    return ["system", *roles[:-1]] if stream.chance(10) else roles


def _conversation(
    world: World,
    filler: Filler,
    conversation: Conversation,
    plan: list[tuple[str, str | None]],
    *,
    messages: Iterator[str],
    earlier: list[Row],
    theme: nested.Theme,
) -> list[Row]:
    stream, rows, exchange = filler.stream, list[Row](), 0
    version = stream.pick((2, 3, 4) if theme.dense else (1, 2, 3, 4, 3, 4))
    theme = theme if stream.chance(75) else nested.draw_theme(filler, dense=theme.dense)
    moment = last_user = _start(world, stream, earlier, conversation.user_id)
    for index, (role, risk) in enumerate(plan, start=1):
        if role == "user":
            exchange += 1
            # Edges of user-to-user gaps exist only if an answer in between does not push them on.
            moment = world.clock.after(stream, last_user if index > 1 and stream.chance(50) else moment)
            last_user = moment
        elif index > 1:
            moment = world.clock.after(stream, moment)
        place = {"conversation_id": conversation.id, "turn_index": index, "exchange_index": exchange}
        # One conversation may be held by two generations of the client.
        generation = stream.pick((1, 2, 3, 4)) if stream.chance(6) else version
        fixed = {**place, "message_id": next(messages), "user_id": conversation.user_id, "role": role}
        rows.append(_row(filler, fixed, generation, risk, moment, theme))
        if role != "user" and rows[-1]["completed_at"] is not None and stream.chance(50):
            moment = rows[-1]["completed_at"]
    return rows


def _start(world: World, stream: Stream, earlier: list[Row], user: str | None) -> int:
    """When a conversation starts: near the world's start, or a gap after a turn of this user or of anyone."""
    timed = [row for row in earlier if row["created_at"] is not None]
    own = [row["created_at"] for row in timed if row["user_id"] == user and row["role"] == "user"]
    if own and stream.chance(65):
        # After the latest turn, nothing else of this user stands in between.
        before = max(own) if stream.chance(60) else int(stream.pick(own))
        return before + (
            world.clock.edge(stream)
            if stream.chance(60 if world.clock.elapsed else world.mood.edge)
            else world.clock.gap(stream)
        )
    if timed and stream.chance(70):
        return int(stream.pick(timed)["created_at"]) + world.clock.gap(stream)
    return world.clock.moment(stream)


def _alone(world: World, filler: Filler, message: str, earlier: list[Row], theme: nested.Theme) -> Row:
    """A row whose conversation was lost: it stands alone, first in its own place."""
    stream = filler.stream
    user = None if stream.chance(stream.pick(world.mood.nulls) // 2) else stream.pick(world.users)
    place: Row = {"conversation_id": None, "turn_index": 1, "exchange_index": 1, "message_id": message, "user_id": user}
    role = stream.pick(("user", "assistant"))
    moment = _start(world, stream, earlier, user)
    return _row(filler, {**place, "role": role}, stream.pick((2, 3, 4)), stream.pick(RISKS), moment, theme)


def _row(filler: Filler, fixed: Row, version: int, risk: str | None, moment: int, theme: nested.Theme) -> Row:
    stream = filler.stream
    fixed = {**fixed, "schema_version": version, **_answer_columns(filler, fixed["role"])}
    if version == 1:
        fixed["claims"] = None
    elif theme.dense and stream.chance(85):
        fixed["claims"] = nested.claims(filler, theme)
    if version == 1 and fixed["role"] == "user":
        fixed["created_at"] = None
    if risk is None:
        fixed["risk"] = None
    took = stream.pick((0, 1, 2, 1500, 60_000, 31 * 60_000, -1, -2000)) * 1000
    if stream.chance(20):
        took = filler.world.clock.gap(stream) // 1000 * 1000
    row = filler.row(
        fixed,
        risk=risk,
        created_at=moment,
        completed_at=None if stream.chance(10) else moment + took,
        claims=nested.claims(filler, theme),
        source_facts=nested.source_facts(filler),
    )
    row["risk_source"] = None if row["risk"] is None else row["risk_source"] or "auto"
    clocks = row["created_at"], row["completed_at"]
    row["latency_ms"] = None if None in clocks else (clocks[1] - clocks[0]) // (SECOND // 1000)
    return row


def _answer_columns(filler: Filler, role: str) -> Row:
    """What only answers or only user turns have is NULL on the others."""
    if role == "user":
        names = ("completed_at", "is_refusal", "model_version", "input_tokens", "output_tokens", "stop_reason")
        return {**dict.fromkeys(names), "status": 200}
    return {"dialogue_act": None, "status": filler.stream.pick((200, 200, 200, 200, 429, 500, 529))}
