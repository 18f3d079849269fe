"""Streamed answers whose token counts never came, or came as zero."""

from __future__ import annotations

import numpy as np

from generator import lanes
from generator.block import ASSISTANT, Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Drop usage of streamed answers: NULL in v1 and v2, NULL or zeros later."""
    rows = block.rows
    among = (rows.role == ASSISTANT) & rows.stream & rows.usage & (rows.status == 200)
    touched = hit(rows, "streamed_usage", rate, among)
    zero = (rows.version > 2) & lanes.chance(rows.key, "mess/streamed_usage/zero", 0.5)
    return changed(
        block,
        "streamed_usage",
        touched,
        usage=zero,
        tokens_in=np.where(zero, 0, rows.tokens_in),
        tokens_out=np.where(zero, 0, rows.tokens_out),
        cache_read=np.where(zero, 0, rows.cache_read),
        cache_creation=np.where(zero, 0, rows.cache_creation),
        thinking=np.where(zero, 0, rows.thinking),
    )


KIND = Kind(
    name="streamed_usage",
    stage=Stage.LASTING,
    rate=0.073,
    of="streamed answers (4 % of all answers)",
    denominator="SELECT count(*) FROM message_events WHERE stream AND usage IS NOT NULL AND status = 200",
    what="usage is NULL, or 0 from v3 on",
    punishes="0 taken for free, AVG over zeros",
    seen="streams without the usage option",
    undone_by="nothing",
    apply=apply,
    order=50,
)
