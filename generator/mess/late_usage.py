"""Token counts that come with a second delivery of the same event."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import ASSISTANT, Block, Rows
from generator.frame import stack, take
from generator.inject import hit
from generator.lanes import Whole
from generator.ledger import noted
from generator.mess import Kind, Stage

DELIVERY_NUMBER = 20
TIED_SHARE = 0.3
MOST_MS = 30_000


def apply(block: Block, rate: float) -> Block:
    """Blank usage of what was delivered so far, and deliver the complete row last."""
    rows = block.rows
    touched = hit(rows, "late_usage", rate, (rows.role == ASSISTANT) & rows.usage & (rows.status == 200))
    whole = take(rows, touched & (rows.delivery == 0))
    arrives = _last_arrival(rows, whole)
    tied = lanes.chance(whole.key, "mess/late_usage/tied", TIED_SHARE)
    waited = np.where(tied, 0, 1 + lanes.below(whole.key, "mess/late_usage/by", MOST_MS))
    last = block.window.extracted // 1000 - 1
    whole = replace(
        whole, ingested_ms=np.minimum(arrives + waited, last), delivery=np.full(len(whole.key), DELIVERY_NUMBER)
    )
    rows = replace(rows, usage=rows.usage & ~touched)
    return noted(replace(block, rows=stack(rows, whole)), "late_usage", "message_events", whole.message)


def _last_arrival(rows: Rows, whole: Rows) -> Whole:
    """When the last delivery so far of each message arrived."""
    messages, place = np.unique(rows.message, return_inverse=True)
    latest = np.zeros(len(messages), dtype=np.int64)
    np.maximum.at(latest, place, rows.ingested_ms)
    return latest[np.searchsorted(messages, whole.message)]


KIND = Kind(
    name="late_usage",
    stage=Stage.DELIVERY,
    rate=0.01,
    of="answers with usage",
    denominator="SELECT count(*) FROM message_events WHERE role = 'assistant' AND usage IS NOT NULL AND status = 200",
    what="usage is NULL in the first delivery and complete in the last, with the same event_id",
    punishes="first wins; a tie on ingested_at broken by chance",
    seen="streams whose usage chunk comes last",
    undone_by="turns.sql: the last delivery by ingested_at, then ingest_seq",
    apply=apply,
    order=60,
)
