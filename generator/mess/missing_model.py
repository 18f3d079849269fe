"""Answers of which nobody logged the model."""

from __future__ import annotations

from generator.block import ASSISTANT, Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Drop the model of answers."""
    rows = block.rows
    touched = hit(rows, "missing_model", rate, (rows.role == ASSISTANT) & (rows.model >= 0))
    return changed(block, "missing_model", touched, model=-1)


KIND = Kind(
    name="missing_model",
    stage=Stage.LASTING,
    rate=0.01,
    of="answers",
    denominator="SELECT count(*) FROM message_events WHERE role = 'assistant' AND model IS NOT NULL",
    what="model is NULL",
    punishes="an inner join with releases",
    seen="fallback routes",
    undone_by="nothing",
    apply=apply,
    order=49,
)
