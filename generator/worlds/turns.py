"""Worlds of `turns`: short conversations whose user turns sit on and beside the thresholds."""

from __future__ import annotations

from collections.abc import Iterator

from generator.seed import Stream
from generator.worlds import answers, nested
from generator.worlds.clock import DAY
from generator.worlds.plans import RISKS, Plan, draw_plan
from generator.worlds.threshold import SECOND, Count, Daily, Elapsed
from generator.worlds.world import Conversation, Filler, Row, World


def draw(world: World) -> dict[str, list[Row]]:
    """Rows of `turns`, conversation by conversation; times may interleave, tie and run backwards."""
    stream = world.stream("turns")
    filler = Filler(world, "turns", stream)
    room = world.size(stream, "turns")
    near = world.near("turns")
    if near is not None and room:
        room = max(12, near + 4)
    if isinstance(world.threshold, Daily) and room:
        room = max(room, 7)
    if world.counts("answers") and room:
        room = max(15, room)
    if world.counts("claims") and room:
        room = max(room, world.counts("claims") + 7)
    messages = iter(stream.shuffled([*world.messages, *(f"m{n}" for n in range(13, 13 + room))]))
    lost = stream.pick((0, 0, 5, 5, 5, 5, 40, 100) if world.counts("claims") else (0, 5, 5, 40))
    if world.climbs:
        room, lost = max(room, 8) if room else 0, min(lost, 5)
    # Some worlds that count nothing are about claims: one theme, so that NULL or the wrong partition meets it.
    theme = nested.draw_theme(filler, dense=_asserting(world, stream))
    rows: list[Row] = []
    while len(rows) < room:
        taken = {row["conversation_id"] for row in rows}
        free = [c for c in world.conversations if c.id not in taken]
        if not free or stream.chance(lost):
            rows.append(_alone(world, filler, next(messages), rows, theme))
            continue
        plan = draw_plan(world, stream, room - len(rows), asserting=theme.dense)
        rows += _conversation(world, filler, free[0], plan, messages=messages, earlier=rows, theme=theme)
    if world.counts("answers"):
        answers.settle(world, rows)
    return {"turns": rows}


def _asserting(world: World, stream: Stream) -> bool:
    """Whether this world is about claims: all that count them, and some of those that count nothing else."""
    match world.threshold:
        case Count() if world.counts("claims"):
            return True
        case Count() if world.counts("answers"):
            return False
        case Daily():
            return False
        case Elapsed() if world.climbs:
            return False
        case _:
            return world.near("turns") is None and stream.chance(40 if world.threshold is None else 12)


def _conversation(
    world: World,
    filler: Filler,
    conversation: Conversation,
    plan: Plan,
    *,
    messages: Iterator[str],
    earlier: list[Row],
    theme: nested.Theme,
) -> list[Row]:
    stream, rows, exchange = filler.stream, list[Row](), 0
    version = stream.pick((2, 3, 4) if theme.dense or world.directed else (1, 2, 3, 4, 3, 4))
    theme = theme if stream.chance(75) else nested.draw_theme(filler, dense=theme.dense)
    moment = last_user = _start(world, stream, earlier, conversation.user_id)
    for index, (role, risk) in enumerate(plan, start=1):
        if role == "user":
            exchange += 1
            # Edges of user-to-user gaps exist only if an answer in between does not push them on.
            before = last_user if index > 1 and stream.chance(50) else moment
            on_edge = world.climbs and index > 1 and stream.chance(25)
            moment = before + world.clock.edge(stream) if on_edge else world.clock.after(stream, before)
            if isinstance(world.threshold, Daily) and index > 1 and stream.chance(30):
                # What was known on one day's sheet and on the next one's is not the same.
                moment += DAY
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
    if own and stream.chance(90 if world.climbs else 65):
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
    # Where claims are counted, what the lost answers claim must not add up to a conversation.
    role = stream.pick(("assistant",) if world.counts("claims") else ("user", "assistant"))
    moment = _start(world, stream, earlier, user)
    return _row(filler, {**place, "role": role}, stream.pick((2, 3, 4)), stream.pick(RISKS), moment, theme)


def _row(filler: Filler, fixed: Row, version: int, risk: str | None, moment: int, theme: nested.Theme) -> Row:
    stream = filler.stream
    fixed = {**fixed, "schema_version": version, **_answer_columns(filler, fixed["role"])}
    if filler.world.counts("answers") and fixed["role"] != "user":
        fixed |= answers.columns(filler, fixed["role"], moment)
    if filler.world.counts("claims") and fixed["role"] == "user" and stream.chance(75):
        fixed["dialogue_act"] = stream.pick(("challenge", "challenge", "challenge", "ask", None))
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
