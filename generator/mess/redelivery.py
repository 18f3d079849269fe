"""The same event, delivered again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import Block
from generator.frame import stack, take
from generator.inject import hit
from generator.ledger import noted
from generator.mess import Kind, Stage

TIED_SHARE = 0.25
MOST_MS = 600_000


def apply(block: Block, rate: float) -> Block:
    """Add a second delivery of rows, in a quarter of the cases at the same millisecond."""
    rows = block.rows
    again = take(rows, hit(rows, "redelivery", rate, np.ones(len(rows.key), dtype=np.bool_)))
    tied = lanes.chance(again.key, "mess/redelivery/tied", TIED_SHARE)
    waited = np.where(tied, 0, 1 + lanes.below(again.key, "mess/redelivery/by", MOST_MS))
    last = block.window.extracted // 1000 - 1
    again = replace(again, ingested_ms=np.minimum(again.ingested_ms + waited, last), delivery=again.delivery + 1)
    block = replace(block, rows=stack(rows, again))
    return noted(block, "redelivery", "message_events", again.message)


KIND = Kind(
    name="redelivery",
    stage=Stage.DELIVERY,
    rate=0.015,
    of="rows",
    denominator="SELECT count(*) FROM message_events",
    what="the same event_id once more, up to ten minutes later; a quarter tie on ingested_at",
    punishes="COUNT(*); a latest row chosen by ingested_at alone",
    seen="queues that deliver at least once",
    undone_by="turns.sql: one row per message_id",
    apply=apply,
    order=50,
)
