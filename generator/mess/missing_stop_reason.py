"""Answers that broke off mid-stream: nobody knows why they ended."""

from __future__ import annotations

from generator.block import ASSISTANT, Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Drop the stop reason of answers; in v3 it also told whether they were refusals."""
    rows = block.rows
    touched = hit(rows, "missing_stop_reason", rate, (rows.role == ASSISTANT) & (rows.stop >= 0))
    return changed(block, "missing_stop_reason", touched, stop=-1)


KIND = Kind(
    name="missing_stop_reason",
    stage=Stage.LASTING,
    rate=0.01,
    of="answers",
    denominator="SELECT count(*) FROM message_events WHERE stop_reason IS NOT NULL",
    what="stop_reason is NULL, and so is is_refusal in v3",
    punishes="<> 'refusal', which drops NULL",
    seen="closed connections",
    undone_by="nothing",
    apply=apply,
    order=54,
)
