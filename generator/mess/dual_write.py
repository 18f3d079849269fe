"""The week of the migration: conversations of v2 that were also written as v3."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import SECOND, Block
from generator.frame import stack, take
from generator.ledger import noted
from generator.mess import Kind, Stage, statement

WEEK = 7 * 86_400 * SECOND
DELIVERY_NUMBER = 40


def apply(block: Block, rate: float) -> Block:
    """Write the v2 rows of some conversations of the middle week again in the schema of v3."""
    rows, found, window = block.rows, block.conversations, block.window
    first = window.start + window.weeks // 2 * WEEK
    week = (found.starts >= first) & (found.starts < first + WEEK) & (found.version == 2) & ~found.empty
    chosen = lanes.chance(found.key, "mess/dual_write", rate) & week
    again = take(rows, chosen[rows.conversation])
    last = window.extracted // 1000 - 1
    again = replace(
        again,
        version=np.full(len(again.key), 3),
        event=np.where(again.event == 0, np.uint64(0), lanes.mix(again.event ^ lanes.lane("dual_write"))),
        delivery=again.delivery + DELIVERY_NUMBER,
        ingested_ms=np.minimum(again.ingested_ms + lanes.below(again.key, "mess/dual_write/by", 2_000), last),
    )
    block = noted(block, "dual_write", "conversations", found.key[chosen])
    ids = np.unique(again.message)
    return noted(replace(block, rows=stack(rows, again)), "dual_write", "message_events", ids, chosen=False)


KIND = Kind(
    name="dual_write",
    stage=Stage.DELIVERY,
    rate=0.4,
    of="v2 conversations that begin in the middle week",
    denominator=statement("dual_write"),
    what="each row exists as v2 and as v3, under the same message_id and two event_ids",
    punishes="counting events over versions",
    seen="migrations from one API to the next",
    undone_by="turns.sql: the client's own version is kept",
    apply=apply,
    order=70,
)
