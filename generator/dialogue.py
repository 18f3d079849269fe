"""Who talks when: conversations and exchanges of a block, their clocks, risk and tokens.

The skeleton is arithmetic over the keys: repeat, running sums and integer tables. Risk is a sticky
Markov chain; a few conversations are attacks that climb from low to high within three user turns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from generator import lanes
from generator.block import NULL, Conversations, People, Window
from generator.fleet import Fleet
from generator.frame import take
from generator.lanes import Flags, Keys, Whole
from generator.vocabulary import read
from generator.world import surfaces

DAY_MS = 86_400_000
LOW, MEDIUM, HIGH = range(3)
# Per thousand, from low, medium and high: data.md, "Calibration".
STEPS = np.array([[986, 13, 1], [250, 660, 90], [80, 170, 750]], dtype=np.int64)
# Shares of the client generations at the start and at the end of the log, per thousand.
FIRST_MIX = np.array([300, 350, 300, 50], dtype=np.int64)
LAST_MIX = np.array([100, 200, 300, 400], dtype=np.int64)
LONGEST_ANSWER_US = 900 * 1_000_000


@dataclass(frozen=True, slots=True)
class Exchanges:
    """One row a user message with its answer, ordered by conversation; times in microseconds."""

    key: Keys
    conversation: Whole
    ordinal: Whole
    asked: Whole
    answering: Whole
    answered: Whole
    ttft_ms: Whole
    tokens_in: Whole
    tokens_out: Whole
    context: Whole
    risk: Whole
    topic: Whole


def talk(who: People, models: Fleet, window: Window) -> tuple[Conversations, Exchanges]:
    """All conversations of a block's people that begin and go on within the window."""
    counts = lanes.quantile(who.key, "user/conversations", "conversations_per_user")
    user = np.repeat(np.arange(len(who.key)), counts)
    ordinal = np.arange(len(user)) - (np.cumsum(counts) - counts)[user]
    key = lanes.child(who.key[user] ^ lanes.lane("conversation"), ordinal)
    said = _exchanges(key, _alias(key, who, user, models), models)
    starts = _starts(key, ordinal, said, window)
    said = _placed(said, starts[said.conversation])
    said = take(said, said.answered < window.end)
    kept = np.flatnonzero(np.bincount(said.conversation, minlength=len(key)) > 0)
    renumbered = np.full(len(key), -1, dtype=np.int64)
    renumbered[kept] = np.arange(len(kept))
    said = replace(said, conversation=renumbered[said.conversation])
    found = _conversations(who, key[kept], user[kept], starts[kept], models, window)
    return _risky(who, found, said)


def _alias(key: Keys, who: People, user: Whole, models: Fleet) -> Whole:
    habit = lanes.choose(who.key, "user/model", models.shares)[user]
    return np.where(
        lanes.chance(key, "conversation/habit", 0.6), habit, lanes.choose(key, "conversation/model", models.shares)
    )


def _exchanges(key: Keys, alias: Whole, models: Fleet) -> Exchanges:
    """Exchanges with times relative to the start of their conversation."""
    counts = lanes.quantile(key, "conversation/exchanges", "exchanges_per_conversation")
    conversation = np.repeat(np.arange(len(key)), counts)
    firsts = np.cumsum(counts) - counts
    ordinal = np.arange(len(conversation)) - firsts[conversation]
    each = lanes.child(key[conversation], ordinal)
    tokens_in = lanes.quantile(each, "exchange/tokens_in", "user_tokens")
    tokens_out = lanes.quantile(each, "exchange/tokens_out", "assistant_tokens")
    waited = 80_000 + lanes.below(each, "exchange/queue", 1_200_000)
    ttft_ms = 150 + lanes.below(each, "exchange/ttft", 900)
    speed = models.speed[alias[conversation]] * (75 + lanes.below(each, "exchange/speed", 50)) // 100
    answer = np.minimum(ttft_ms * 1000 + tokens_out * speed, LONGEST_ANSWER_US)
    thought = lanes.quantile(each, "exchange/think", "think_ms") * 1000 + lanes.below(each, "exchange/think_us", 1000)
    step = np.where(ordinal > 0, thought + np.concatenate(([0], (waited + answer)[:-1])), 0)
    asked = lanes.running(step, firsts, conversation)
    sizes = tokens_in + tokens_out
    return Exchanges(
        key=each,
        conversation=conversation,
        ordinal=ordinal,
        asked=asked,
        answering=asked + waited,
        answered=asked + waited + answer,
        ttft_ms=ttft_ms,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        context=lanes.running(sizes, firsts, conversation) - sizes,
        risk=np.zeros(len(each), dtype=np.int64),
        topic=_topics(key, each, conversation, ordinal),
    )


def _topics(key: Keys, each: Keys, conversation: Whole, ordinal: Whole) -> Whole:
    weights = [topic["weight"] for topic in read("topics")["topic"]]
    strayed = lanes.chance(each, "exchange/strays", 0.06) & (ordinal > 0)
    return np.where(
        strayed,
        lanes.choose(each, "exchange/topic", weights),
        lanes.choose(key, "conversation/topic", weights)[conversation],
    )


def _starts(key: Keys, ordinal: Whole, said: Exchanges, window: Window) -> Whole:
    """Most conversations start on their own; a third follow the user's previous one after a pause."""
    day = lanes.below(key, "conversation/day", window.weeks * 7)
    clock = lanes.quantile(key, "conversation/clock", "time_of_day_ms")
    alone = window.start + (day * DAY_MS + clock) * 1000 + lanes.below(key, "conversation/us", 1000)
    follows = (ordinal > 0) & lanes.chance(key, "conversation/follows", 0.33)
    leader = np.cumsum(~follows) - 1
    firsts = np.flatnonzero(~follows)
    lasted = np.zeros(len(key), dtype=np.int64)
    np.maximum.at(lasted, said.conversation, said.answered)
    pause = lanes.quantile(key, "conversation/pause", "pause_ms") * 1000
    step = np.where(follows, pause + np.concatenate(([0], lasted[:-1])), 0)
    found: Whole = alone[firsts][leader] + lanes.running(step, firsts, leader)
    return found


def _placed(said: Exchanges, starts: Whole) -> Exchanges:
    return replace(said, asked=said.asked + starts, answering=said.answering + starts, answered=said.answered + starts)


def _conversations(who: People, key: Keys, user: Whole, starts: Whole, models: Fleet, window: Window) -> Conversations:
    version = _version(key, window.hundredth(starts))
    nobody = np.zeros(len(key), dtype=np.bool_)
    alias = _alias(key, who, user, models)
    return Conversations(
        key=key,
        user=user,
        starts=starts,
        version=version,
        surface=surfaces(key, who.surface[user]),
        region=np.where(
            lanes.chance(key, "conversation/abroad", 0.06), lanes.below(key, "conversation/region", 3), who.region[user]
        ),
        client=version * 10 + lanes.below(key, "conversation/client", 5),
        alias=alias,
        anonymous=nobody,
        peak=np.full(len(key), -1, dtype=np.int64),
        empty=nobody,
        deleted=np.full(len(key), NULL, dtype=np.int64),
        leaf=np.zeros(len(key), dtype=np.uint64),
    )


def _version(key: Keys, hundredth: Whole) -> Whole:
    """The client generation: v1 fades, v4 rises, all four share every week."""
    mix = FIRST_MIX + (LAST_MIX - FIRST_MIX) * hundredth[:, None] // 100
    edges = np.cumsum(mix, axis=1)
    drawn = lanes.below(key, "conversation/version", 100_000) * edges[:, -1] // 100_000
    found: Whole = 1 + (drawn[:, None] >= edges[:, :3]).sum(axis=1)
    return found


def _risky(who: People, found: Conversations, said: Exchanges) -> tuple[Conversations, Exchanges]:
    counts = np.bincount(said.conversation, minlength=len(found.key))
    firsts = np.cumsum(counts) - counts
    risk = _chain(found.key, said.key, firsts, counts)
    rate = np.where(who.attacker[found.user], 0.28, 0.004)
    attack = lanes.chance(found.key, "conversation/attack", rate) & (counts >= 2)
    which = np.flatnonzero(attack)
    low = lanes.below(found.key[which], "attack/low", counts[which] - 1)
    high = np.minimum(low + 1 + lanes.below(found.key[which], "attack/apart", 3), counts[which] - 1)
    for step in range(1, 3):
        between = np.minimum(low + step, high)
        risk[firsts[which] + between] = np.maximum(risk[firsts[which] + between], MEDIUM)
    risk[firsts[which] + low], risk[firsts[which] + high] = LOW, HIGH
    peak = np.full(len(found.key), -1, dtype=np.int64)
    peak[which] = high
    return replace(found, peak=peak), replace(said, risk=risk)


def _chain(conversation: Keys, exchange: Keys, firsts: Whole, counts: Whole) -> Whole:
    """One step of all conversations at once, as many steps as the longest has."""
    risk = np.zeros(len(exchange), dtype=np.int64)
    risk[firsts] = lanes.choose(conversation, "risk/first", [948, 37, 15])
    edges = np.cumsum(STEPS, axis=1)
    drawn = lanes.below(exchange, "risk/step", 1000)
    for step in range(1, int(counts.max(initial=0))):
        here = firsts[counts > step] + step
        risk[here] = (drawn[here, None] >= edges[risk[here - 1], :2]).sum(axis=1)
    return risk


def has_answer(said: Exchanges) -> Flags:
    """False where the user gave up on the last question of a conversation before an answer came."""
    last = np.concatenate((said.conversation[1:] != said.conversation[:-1], [True]))[: len(said.key)]
    return ~(last & lanes.chance(said.key, "exchange/abandoned", 0.012))
