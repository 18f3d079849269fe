"""Two conversations of one user that begin at the same microsecond."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import NULL, Block
from generator.inject import previous
from generator.ledger import noted
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Move a conversation to the start of the user's previous one."""
    rows, found = block.rows, block.conversations
    before = previous(found.starts, found.user, NULL)
    last = found.starts.copy()
    np.maximum.at(last, rows.conversation, rows.at)
    fits = (before != NULL) & (last + before - found.starts < block.window.end - 3_600_000_000)
    touched = lanes.chance(found.key, "mess/tied_conversations", rate) & fits
    step = np.where(touched, before - found.starts, 0)
    moved = step[rows.conversation]
    rows = replace(
        rows,
        at=rows.at + moved,
        created=rows.created + moved,
        completed=np.where(rows.completed == NULL, NULL, rows.completed + moved),
        call_at=rows.call_at + moved,
        ingested_ms=rows.ingested_ms + moved // 1000,
    )
    block = replace(block, rows=rows, conversations=replace(found, starts=found.starts + step))
    return noted(block, "tied_conversations", "conversations", found.key[touched])


KIND = Kind(
    name="tied_conversations",
    stage=Stage.LASTING,
    rate=0.01,
    of="conversations after a user's first",
    denominator="SELECT count(*) - count(DISTINCT user_ref) FROM conversations",
    what="it begins at the microsecond at which another one of the user begins",
    punishes="an order by time alone across conversations",
    seen="restored tabs and double submissions",
    undone_by="nothing",
    apply=apply,
    order=22,
)
