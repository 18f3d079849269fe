"""Rows that lost the conversation they belong to."""

from __future__ import annotations

from generator.block import Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Drop conversation_id of rows."""
    touched = hit(block.rows, "missing_conversation", rate, block.rows.linked)
    return changed(block, "missing_conversation", touched, linked=False)


KIND = Kind(
    name="missing_conversation",
    stage=Stage.LASTING,
    rate=0.01,
    of="rows",
    denominator="SELECT count(*) FROM message_events",
    what="conversation_id is NULL; in turns the row stands alone",
    punishes="GROUP BY and PARTITION BY, for which all NULLs are one conversation",
    seen="ids made by the client",
    undone_by="nothing",
    apply=apply,
    order=62,
)
