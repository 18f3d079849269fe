"""Conversations whose beginning was logged elsewhere: they start with an answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import USER, Block
from generator.frame import take
from generator.ledger import noted
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Remove the first user row of conversations that go on after it."""
    rows, found = block.rows, block.conversations
    counts = np.bincount(rows.conversation, minlength=len(found.key))
    touched = lanes.chance(found.key, "mess/segmented", rate) & (counts > 2)
    gone = touched[rows.conversation] & (rows.exchange == 0) & (rows.role == USER)
    block = replace(block, rows=take(rows, ~gone))
    return noted(block, "segmented", "conversations", found.key[touched])


KIND = Kind(
    name="segmented",
    stage=Stage.LASTING,
    rate=0.06,
    of="conversations with more than one exchange (3 % of all)",
    denominator="SELECT count(*) FROM (FROM message_events SELECT 1 GROUP BY conversation_id HAVING count(*) > 2)",
    what="the first row is an answer",
    punishes="odd rows taken for user rows; exchange 0",
    seen="exports that cut long conversations into segments",
    undone_by="nothing",
    apply=apply,
    order=16,
)
