"""A time to first token of -1, which means unknown."""

from __future__ import annotations

from generator.block import ASSISTANT, Block
from generator.failure import NO_TTFT
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Put -1 where a time was."""
    rows = block.rows
    touched = hit(rows, "unknown_ttft", rate, (rows.role == ASSISTANT) & (rows.ttft_ms != NO_TTFT))
    return changed(block, "unknown_ttft", touched, ttft_ms=-1)


KIND = Kind(
    name="unknown_ttft",
    stage=Stage.LASTING,
    rate=0.003,
    of="answers with a time to first token",
    denominator="SELECT count(*) FROM message_events WHERE ttft_ms IS NOT NULL",
    what="ttft_ms is -1",
    punishes="AVG and MIN over a sentinel",
    seen="gateways that cannot say NULL",
    undone_by="NULLIF",
    apply=apply,
    order=56,
)
