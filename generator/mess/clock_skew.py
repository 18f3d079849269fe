"""Clients whose clock is wrong: answers end before they start."""

from __future__ import annotations

import numpy as np

from generator import lanes
from generator.block import SECOND, Block
from generator.inject import changed
from generator.ledger import noted
from generator.mess import Kind, Stage

MOST_SECONDS = 900


def apply(block: Block, rate: float) -> Block:
    """Shift created_at of whole conversations by up to a quarter of an hour, mostly into the future."""
    found = block.conversations
    skewed = lanes.chance(found.key, "mess/clock_skew", rate)
    late = lanes.chance(found.key, "mess/clock_skew/slow", 0.3)
    offset = (2 + lanes.below(found.key, "mess/clock_skew/by", MOST_SECONDS)) * SECOND
    offset = np.where(late, -offset, offset)[block.rows.conversation]
    touched = skewed[block.rows.conversation] & (block.rows.created > 0)
    block = noted(block, "clock_skew", "conversations", found.key[skewed])
    return changed(block, "clock_skew", touched, chosen=False, created=block.rows.created + offset)


KIND = Kind(
    name="clock_skew",
    stage=Stage.LASTING,
    rate=0.01,
    of="conversations",
    denominator="SELECT count(*) FROM conversations",
    what="the client's clock is minutes off; created_at may lie after completed_at",
    punishes="latency taken as it is; GREATEST(.., 0)",
    seen="client side timestamps everywhere",
    undone_by="nothing: the server's clock is completed_at",
    apply=apply,
    order=30,
)
