"""Conversations that were removed as a whole: tombstones stay in the log."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import MISSING, NULL, SECOND, Block
from generator.ledger import noted
from generator.mess import Kind, Stage

MOST_DAYS = 20


def apply(block: Block, rate: float) -> Block:
    """Empty the messages of a conversation and say when it was deleted."""
    rows, found = block.rows, block.conversations
    touched = lanes.chance(found.key, "mess/conversation_removed", rate) & ~found.empty
    last = found.starts.copy()
    np.maximum.at(last, rows.conversation, rows.at)
    waited = 3_600 + lanes.below(found.key, "mess/conversation_removed/when", MOST_DAYS * 86_400)
    deleted = np.where(touched, np.minimum(last + waited * SECOND, block.window.extracted - 1), found.deleted)
    gone = touched[rows.conversation]
    block = replace(
        block,
        conversations=replace(found, deleted=deleted),
        rows=replace(
            rows,
            deleted=np.where(gone, deleted[rows.conversation], NULL),
            redacted=rows.redacted | gone,
            content=np.where(gone, MISSING, rows.content),
            claims=np.where(gone, -1, rows.claims),
            facts=np.where(gone, -1, rows.facts),
        ),
    )
    return noted(block, "conversation_removed", "conversations", found.key[touched])


KIND = Kind(
    name="conversation_removed",
    stage=Stage.LASTING,
    rate=0.02,
    of="conversations",
    denominator="SELECT count(*) FROM conversations",
    what="message_events keeps tombstones without content, turns has no rows",
    punishes="taking the gap for churn; counting tombstones",
    seen="deletion requests",
    undone_by="nothing",
    apply=apply,
    order=60,
)
