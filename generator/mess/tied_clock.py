"""Rows of a conversation that share a time to the microsecond."""

from __future__ import annotations

import numpy as np

from generator import lanes
from generator.block import NULL, USER, Block
from generator.inject import changed, hit, previous
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Give rows the time of the row before; some user rows the time of the user row before."""
    rows = block.rows
    started = previous(rows.created, rows.conversation, NULL)
    earlier = previous(started, rows.conversation, NULL)
    same_user = (rows.role == USER) & lanes.chance(rows.key, "mess/tied_clock/user", 0.4)
    time = np.where(same_user, earlier, started)
    # v1 counts whole seconds, where a tie is nothing special.
    touched = hit(rows, "tied_clock", rate, (time != NULL) & (rows.version > 1))
    return changed(block, "tied_clock", touched, created=time)


KIND = Kind(
    name="tied_clock",
    stage=Stage.LASTING,
    rate=0.01,
    of="rows after the first of a conversation, v2 and later",
    denominator="SELECT count(*) FROM message_events WHERE parent_message_id IS NOT NULL",
    what="created_at is that of a row before, to the microsecond",
    punishes="an order by created_at alone",
    seen="clients that stamp a batch of messages at once",
    undone_by="turn_index",
    apply=apply,
    order=26,
)
