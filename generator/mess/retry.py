"""Calls that failed and were sent again: the same request, a new message, attempt 2."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import ASSISTANT, USER, Block, Rows
from generator.failure import drawn_status, failure
from generator.frame import take
from generator.inject import added
from generator.ledger import noted
from generator.mess import Kind, Stage

USER_TOO_SHARE = 0.5
SLOT = 3


def apply(block: Block, rate: float) -> Block:
    """Add the failed first attempt before answers, half of them with the question sent a first time too."""
    rows = block.rows
    good = rows.on_path & (rows.role == ASSISTANT) & (rows.status == 200)
    place = np.flatnonzero(lanes.chance(rows.key, "mess/retry", rate) & good)
    asked = place[(place > 0)] - 1
    both = lanes.chance(rows.key[asked + 1], "mess/retry/user", USER_TOO_SHARE)
    both &= (rows.role[asked] == USER) & (rows.call[asked] == rows.call[asked + 1])
    both &= rows.conversation[asked] == rows.conversation[asked + 1]
    attempt = rows.attempt.copy()
    attempt[place] = 2
    attempt[asked[both]] = 2
    again = rows.message[attempt != rows.attempt]
    first = _first(take(rows, place))
    first = replace(first, **failure(first, drawn_status(first.key)))
    block = added(replace(block, rows=replace(rows, attempt=attempt)), KIND.name, first)
    block = added(block, KIND.name, _first(take(rows, asked[both])), chosen=False)
    return noted(block, KIND.name, "message_events", again, chosen=False)


def _first(rows: Rows) -> Rows:
    key = lanes.child(rows.key, np.full(len(rows.key), SLOT))
    return replace(
        rows,
        key=key,
        message=lanes.bits(key, "message/id"),
        event=lanes.bits(key, "message/event"),
        attempt=np.ones(len(key), dtype=np.int64),
        ingested_ms=rows.ingested_ms - 1 - lanes.below(key, "mess/retry/before", 180),
        on_path=np.zeros(len(key), dtype=np.bool_),
    )


KIND = Kind(
    name="retry",
    stage=Stage.DELIVERY,
    rate=0.02,
    of="answers that arrived",
    denominator="SELECT count(*) FROM message_events WHERE role = 'assistant' AND status = 200",
    what="an earlier attempt with the same request_id, its own message_id and a 429, 500 or 529",
    punishes="deduplication by event_id or message_id only",
    seen="clients with automatic retries",
    undone_by="turns.sql: the last attempt of each request and role",
    apply=apply,
    order=30,
)
