"""Blocked messages that are sent again at once, word for word, in a new conversation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import ASSISTANT, NULL, SECOND, TOOL_CALL, Block, Conversations, Rows
from generator.effects import resubmission
from generator.frame import stack, take
from generator.inject import ordered
from generator.lanes import Whole
from generator.ledger import noted
from generator.mess import Kind, Stage
from generator.messages import SLOTS
from generator.side import actions

SLOT, OPENED = 77, 78
DAY = 86_400 * SECOND


def apply(block: Block, rate: float) -> Block:
    """Add, minutes after some blocks, a conversation that holds the blocked question and its answer again."""
    taken = actions.taken(block)
    blocked = (taken.action == actions.BLOCK) & (taken.acted < block.window.end - DAY)
    wanted = lanes.chance(taken.rows.key, "mess/resubmission", resubmission.rate(taken.acted, rate, block.window))
    asks, acted = take(taken.rows, blocked & wanted), taken.acted[blocked & wanted]
    waited = (5 + lanes.below(asks.key, "mess/resubmission/after", resubmission.WITHIN_SECONDS - 10)) * SECOND
    opened = _opened(block.conversations, asks, acted + waited)
    asked, answers = _exchange(block.rows, asks, len(block.conversations.key), opened.starts)
    conversations = stack(block.conversations, opened)
    block = replace(block, conversations=conversations, rows=stack(block.rows, asked, answers))
    block = noted(ordered(block), KIND.name, "message_events", asked.message)
    return noted(block, KIND.name, "message_events", answers.message, chosen=False)


def _opened(found: Conversations, asks: Rows, starts: Whole) -> Conversations:
    """The new conversations, like the ones in which the messages were blocked."""
    old = take(found, asks.conversation)
    count = len(old.key)
    return replace(
        old,
        key=lanes.child(asks.key, np.full(count, OPENED)),
        starts=starts,
        peak=np.full(count, -1),
        leaf=np.zeros(count, dtype=np.uint64),
    )


def _exchange(rows: Rows, asks: Rows, first: int, starts: Whole) -> tuple[Rows, Rows]:
    """The blocked questions and what answered them, as the only exchange of conversations `first` and on."""
    number, step = first + np.arange(len(asks.key)), starts - asks.at
    place = np.flatnonzero(np.isin(rows.message, asks.message))
    after = np.minimum(place + 1, len(rows.key) - 1)
    answered = (rows.role[after] == ASSISTANT) & (rows.stop[after] != TOOL_CALL)
    answered &= rows.conversation[after] == asks.conversation
    asked = _again(asks, number, step)
    answers = _again(take(rows, after[answered]), number[answered], step[answered])
    parent = np.where(answers.version > 1, asked.message[answered], np.uint64(0))
    return asked, replace(answers, parent=parent)


def _again(old: Rows, conversation: Whole, step: Whole) -> Rows:
    """Copies of rows that open a conversation `step` microseconds later."""
    key = lanes.child(old.key, np.full(len(old.key), SLOT))
    return replace(
        old,
        key=key,
        message=lanes.bits(key, "message/id"),
        parent=np.zeros(len(key), dtype=np.uint64),
        conversation=conversation,
        exchange=np.zeros(len(key), dtype=np.int64),
        position=old.position % SLOTS,
        at=old.at + step,
        created=np.where(old.created == NULL, NULL, old.created + step),
        completed=np.where(old.completed == NULL, NULL, old.completed + step),
        call=np.zeros(len(key), dtype=np.int64),
        call_at=old.call_at + step,
        event=lanes.bits(key, "message/event"),
        ingested_ms=old.ingested_ms + step // 1000,
    )


KIND = Kind(
    name="resubmission",
    stage=Stage.LASTING,
    rate=resubmission.RATE,
    of="blocks, rising from week to week",
    denominator="SELECT count(*) FROM enforcement_actions WHERE action = 'block'",
    what="within ten minutes the user sends the same text again, in a new conversation",
    punishes="events taken for independent; the next message looked for in the same conversation",
    seen="people who learn how to get past a filter",
    undone_by="nothing: content_hash and the user tell",
    apply=apply,
    order=28,
)
