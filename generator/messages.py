"""The messages: each exchange becomes a user row and an assistant row, with everything a log says of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import assertions, lanes, outcomes, speech
from generator.block import (
    ASSISTANT,
    CHALLENGE,
    END,
    FULL,
    LENGTH,
    NULL,
    PLAIN,
    REFUSAL,
    TEXT,
    THINKING,
    TWO_TEXTS,
    USER,
    Block,
    Conversations,
    People,
    Rows,
    Window,
)
from generator.dialogue import Exchanges, has_answer
from generator.effects import release_in_experiment, summaries
from generator.failure import NO_TTFT, drawn_status
from generator.fleet import Fleet
from generator.frame import stack, take
from generator.lanes import Flags, Keys, Whole
from generator.ledger import noted
from generator.ranking import ranked
from generator.vocabulary import claims, pool, read

# Slots of an exchange, in order; mess kinds put system and tool rows between them.
SYSTEM_SLOT, USER_SLOT, CALL_SLOT, RESULT_SLOT, ANSWER_SLOT, SLOTS = 0, 1, 2, 3, 4, 8
# By surface: web, mobile, api, ide; what is lacking to the published 5.5 and 1.2 % falls to outages.
FAILED_RATES = np.array([0.0545, 0.0545, 0.0115, 0.0115])
CLASSIFIED_RATE = 0.40
LEAST_LOG_DELAY_MS = 200


def block_of(who: People, found: Conversations, said: Exchanges, *, models: Fleet, window: Window) -> Block:
    """The block before any mess: rows ordered by conversation and position."""
    rows = _linked(_rows(found, said, models=models, who=who, window=window))
    asserted = assertions.assert_things(_speaker(found, rows, window))
    rows = replace(
        rows,
        claim=asserted.first,
        claims=asserted.count,
        fact=asserted.fact_first,
        facts=asserted.fact_count,
        text=len(pool().sentences) + np.arange(len(rows.key), dtype=np.int64),
        aside=_asides(rows),
    )
    spoken = speech.speak(_said(rows, asserted))
    block = Block(
        people=who,
        conversations=with_leaves(found, rows),
        rows=replace(rows, hash=spoken.hashes),
        claims=asserted.entries,
        facts=asserted.facts,
        texts=(pool().sentences, spoken.texts),
        window=window,
    )
    peaks = (rows.role == USER) & (rows.exchange == found.peak[rows.conversation])
    return noted(block, "attack", "message_events", rows.message[peaks])


def with_leaves(found: Conversations, rows: Rows) -> Conversations:
    """The conversations with the last message of each active path; v1 keeps no tree, hence no leaf."""
    leaf = np.zeros(len(found.key), dtype=np.uint64)
    path = rows.on_path & (found.version[rows.conversation] > 1)
    order = np.lexsort((rows.position[path], rows.conversation[path]))
    leaf[rows.conversation[path][order]] = rows.message[path][order]
    return replace(found, leaf=leaf)


def _rows(found: Conversations, said: Exchanges, *, models: Fleet, who: People, window: Window) -> Rows:
    asks, answers = (_side(found, said, role, models, who, window) for role in (USER, ASSISTANT))
    rows = stack(asks, take(answers, has_answer(said)))
    return take(rows, ranked(rows.conversation << 32 | rows.position))


def _side(found: Conversations, said: Exchanges, role: int, models: Fleet, who: People, window: Window) -> Rows:
    """The user rows or the assistant rows of all exchanges."""
    of, asks = said.conversation, role == USER
    key = lanes.child(said.key, np.full(len(of), USER_SLOT if asks else ANSWER_SLOT))
    version, count = found.version[of], len(of)
    failed = lanes.chance(said.key, "exchange/failed", FAILED_RATES[found.surface[of]]) & (not asks)
    refused = outcomes.refused(said, found, who, window) & ~failed & (not asks)
    status = np.where(failed, drawn_status(said.key), 200)
    served = models.served(said.key, found.alias[of], found.region[of], said.answering)
    unit = who.ref[found.user[of]]
    written = release_in_experiment.shortened(said.tokens_out, unit, found.starts[of], served, window)
    tokens_out = np.where(failed, 0, np.where(refused, 20 + said.tokens_out % 60, written))
    created = said.asked if asks else said.answering
    none, no, zero = np.full(count, -1), np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.int64)
    return Rows(
        key=key,
        message=lanes.bits(key, "message/id"),
        parent=np.zeros(count, dtype=np.uint64),
        conversation=of,
        linked=~no,
        identified=~no,
        exchange=said.ordinal,
        position=said.ordinal * SLOTS + (USER_SLOT if asks else ANSWER_SLOT),
        role=np.full(count, role),
        at=created,
        created=created,
        completed=np.full(count, NULL) if asks else _completed(key, said.answered, failed),
        version=version,
        call=said.ordinal * SLOTS,
        call_at=said.asked,
        attempt=zero + 1,
        event=lanes.bits(key, "message/event"),
        ingested_ms=_logged(key, said.asked if asks else said.answered),
        delivery=zero,
        status=status,
        refused=refused,
        refusal_known=lanes.chance(key, "message/classified", CLASSIFIED_RATE),
        risk=said.risk,
        topic=_lost(said.topic, key, "message/no_topic", 0.03),
        act=_lost(outcomes.acts(said, found, who), said.key, "message/no_act", 0.05) if asks else none,
        language=_lost(who.language[found.user[of]], key, "message/no_language", 0.01),
        prompt=_lost(_prompts(said, found), key, "message/no_prompt", 0.02),
        model=none if asks else served,
        stop=none if asks else _stops(key, refused, failed),
        tokens_in=np.where(failed, 0, said.tokens_in),
        tokens_out=tokens_out,
        cache_read=np.where(version > 2, 0, -1),
        cache_creation=np.where(version > 2, 0, -1),
        thinking=np.where(failed, 0, tokens_out // 4),
        usage=~no if not asks else no,
        spelling=np.full(count, PLAIN),
        doubled=no,
        stream=lanes.chance(said.key, "call/stream", 0.55),
        ttft_ms=np.where(lanes.chance(key, "message/ttft", 0.9) & (not asks), said.ttft_ms, NO_TTFT),
        tier=np.where(
            lanes.chance(said.key, "call/tier", 0.3) & (version > 2), lanes.choose(key, "tier", [80, 12, 8]), -1
        ),
        shape=zero + TEXT if asks else _shapes(key, version, failed),
        content=np.where(failed, 1, FULL),
        tool=none,
        tool_use=np.zeros(count, dtype=np.uint64),
        tool_error=none,
        truncated=no,
        text=zero,
        aside=none,
        hash=np.zeros(count, dtype=np.uint64),
        claim=zero,
        claims=none,
        fact=zero,
        facts=none,
        redacted=no,
        deleted=np.full(count, NULL),
        on_path=~no,
    )


def _linked(rows: Rows) -> Rows:
    """Each row follows the one before it in its conversation; v1 logs no parents."""
    follows = np.concatenate(([False], rows.conversation[1:] == rows.conversation[:-1]))
    before = np.concatenate((rows.message[:1], rows.message[:-1]))
    return replace(rows, parent=np.where(follows & (rows.version > 1), before, np.uint64(0)))


def _speaker(found: Conversations, rows: Rows, window: Window) -> assertions.Speaker:
    summarising = [topic["name"] for topic in read("topics")["topic"]].index("summaries")
    answer = rows.role == ASSISTANT
    return assertions.Speaker(
        key=rows.key,
        conversation_key=found.key[rows.conversation],
        conversation=rows.conversation,
        role=rows.role,
        challenged=answer & np.concatenate(([False], rows.act[:-1] == CHALLENGE)),
        summary=answer & (rows.topic == summarising) & (rows.version > 1) & (rows.status == 200),
        later=rows.at >= summaries.release(window),
        has_claims=(rows.version > 1) & ~rows.refused & (rows.status == 200),
    )


def _said(rows: Rows, asserted: assertions.Asserted) -> speech.Said:
    told = (rows.claims > 0) & (rows.language <= 0)
    sentence = np.full(len(rows.key), -1, dtype=np.int64)
    sentence[told] = claims().sentence[asserted.entries.variant[rows.claim[told]]]
    return speech.Said(
        key=rows.key,
        role=rows.role,
        topic=np.maximum(rows.topic, 0),
        act=rows.act,
        language=rows.language,
        refused=rows.refused,
        claim=sentence,
    )


def _completed(key: Keys, answered: Whole, failed: Flags) -> Whole:
    return np.where(failed & lanes.chance(key, "message/unfinished", 0.06), NULL, answered)


def _logged(key: Keys, at: Whole) -> Whole:
    return at // 1000 + LEAST_LOG_DELAY_MS + lanes.below(key, "message/log_delay", 4_000)


def _lost(codes: Whole, key: Keys, name: str, rate: float) -> Whole:
    return np.where(lanes.chance(key, name, rate), -1, codes)


def _prompts(said: Exchanges, found: Conversations) -> Whole:
    """The system prompt in force: a new one after a third and after two thirds of each half-year."""
    day = found.starts[said.conversation] // (86_400 * 1_000_000)
    return day // 30 % 3


def _stops(key: Keys, refused: Flags, failed: Flags) -> Whole:
    cut = lanes.chance(key, "message/cut", 0.025)
    stop = np.where(refused, REFUSAL, np.where(cut, LENGTH, END))
    return np.where(failed, -1, stop)


def _shapes(key: Keys, version: Whole, failed: Flags) -> Whole:
    thinks = lanes.chance(key, "message/thinks", 0.3) & (version > 2)
    twice = lanes.chance(key, "message/twice", 0.08) & (version > 1)
    return np.where(failed, TEXT, np.where(thinks, THINKING, np.where(twice, TWO_TEXTS, TEXT)))


def _asides(rows: Rows) -> Whole:
    """What stands in a message's other block: a thought, or a second paragraph."""
    thought = speech.sentences(rows.key, "speech/thought", "thinking")
    more = speech.sentences(rows.key, "speech/more", "answer/writing")
    return np.where(rows.shape == THINKING, thought, np.where(rows.shape == TWO_TEXTS, more, -1))
