"""Conversations that were opened and never used."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import SECOND, Block
from generator.frame import stack, take
from generator.ledger import noted
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Add conversations without messages; only the table conversations knows them."""
    found = block.conversations
    extra = take(found, lanes.chance(found.key, "mess/empty_conversations", rate))
    count = len(extra.key)
    opened = extra.starts - SECOND * (5 + lanes.below(extra.key, "mess/empty_conversations/when", 900))
    extra = replace(
        extra,
        key=lanes.child(extra.key, np.full(count, 9_999)),
        starts=np.maximum(opened, block.window.start),
        peak=np.full(count, -1),
        empty=np.ones(count, dtype=np.bool_),
    )
    return noted(replace(block, conversations=stack(found, extra)), "empty_conversations", "conversations", extra.key)


KIND = Kind(
    name="empty_conversations",
    stage=Stage.LASTING,
    rate=0.006,
    of="conversations",
    denominator="SELECT count(*) FROM conversations",
    what="a conversation without a single message",
    punishes="an inner join; rates whose denominator comes from messages",
    seen="new chats that are closed again",
    undone_by="nothing",
    apply=apply,
    order=58,
)
