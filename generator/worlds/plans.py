"""Plans of conversations in `turns`: who speaks, and at which risk, message by message."""

from __future__ import annotations

from generator.seed import Stream
from generator.worlds.threshold import Count, Daily, Elapsed
from generator.worlds.world import World

Plan = list[tuple[str, str | None]]
"""(role, risk) of each message."""
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
# What a conversation is to the others of its user: where the way up begins, where it ends, or both.
_CLIMBS: tuple[tuple[str | None, ...], ...] = (
    ("low",),
    ("low", "low"),
    ("low", None, "low"),
    ("high",),
    ("high", "high"),
    ("high", None, "high"),
    ("high", "low", "high"),
    ("low", "high"),
    ("low", "medium", "high"),
)


def draw_plan(world: World, stream: Stream, room: int, *, asserting: bool) -> Plan:
    """The plan of the next conversation, at most `room` messages: what the world's threshold asks for, or random."""
    match world.threshold:
        case Count(number) if world.counts("claims"):
            return _debate(stream, room, number)
        case Count(number) if world.counts("answers"):
            return _answers(stream, room, number)
        case Elapsed() if world.climbs:
            return _climb(stream, room)
        case Daily():
            return _night(stream, room)
        case _:
            return _assertions(stream, room) if asserting else _labels(stream, room, world.near("turns"))


def _assertions(stream: Stream, room: int) -> Plan:
    usual, length = stream.pick(_ASSERTING), min(room, stream.pick((3, 4, 5, 6, 8)))
    return [(usual[n % len(usual)], stream.pick(RISKS)) for n in range(length)]


def _debate(stream: Stream, room: int, near: int) -> Plan:
    """About `near` answers, or a few that leave room for another conversation; perhaps somebody asks in between."""
    plan: Plan = []
    answers = stream.pick((2, 3)) if stream.chance(30) else near + stream.pick((-1, 0, 0, 1, 2))
    for _ in range(max(1, answers)):
        plan += [("user", stream.pick(RISKS))] * stream.pick((0, 0, 1, 1, 1, 2))
        plan += [("tool", None)] if stream.chance(8) else []
        plan.append(("assistant", stream.pick(RISKS)))
    return plan[:room]


def _answers(stream: Stream, room: int, near: int) -> Plan:
    """About `near` answers, seldom with somebody asking or a tool in between."""
    plan: Plan = []
    for _ in range(max(1, near + stream.pick((-2, -1, 0, 0, 1, 2)))):
        plan += [("user", stream.pick(RISKS))] if stream.chance(15) else []
        plan += [(stream.pick(("tool", "system")), None)] if stream.chance(10) else []
        plan.append(("assistant", stream.pick(RISKS)))
    return plan[:room]


def _climb(stream: Stream, room: int) -> Plan:
    """A few user turns on the way from low to high, perhaps with answers in between."""
    plan: Plan = []
    for risk in stream.pick(_CLIMBS):
        plan.append(("user", risk))
        plan += [("assistant", stream.pick(RISKS))] if stream.chance(15) else []
    return plan[:room]


def _night(stream: Stream, room: int) -> Plan:
    """User turns that are worth labelling; what `turns` says of them is what was known in the end."""
    length = min(room, stream.pick((1, 2, 3, 3, 4)))
    return [
        (stream.pick(("user", "user", "user", "user", "user", "assistant")), stream.pick(RISKS)) for _ in range(length)
    ]


def _labels(stream: Stream, room: int, near: int | None) -> Plan:
    """At random, or a low and a high about `near` user turns apart."""
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
    plan: Plan = []
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
