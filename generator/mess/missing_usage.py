"""Answers without token counts."""

from __future__ import annotations

from generator.block import ASSISTANT, Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Drop usage of answers."""
    rows = block.rows
    touched = hit(rows, "missing_usage", rate, (rows.role == ASSISTANT) & rows.usage)
    return changed(block, "missing_usage", touched, usage=False)


KIND = Kind(
    name="missing_usage",
    stage=Stage.LASTING,
    rate=0.03,
    of="answers",
    denominator="SELECT count(*) FROM message_events WHERE usage IS NOT NULL",
    what="usage is NULL",
    punishes="COALESCE(tokens, 0)",
    seen="time-outs of the metering service",
    undone_by="nothing",
    apply=apply,
    order=51,
)
