"""Answers logged under the alias that was asked for, not the version that answered."""

from __future__ import annotations

from generator.block import ASSISTANT, Block
from generator.fleet import fleet
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Log the alias of the conversation's model."""
    rows = block.rows
    touched = hit(rows, "alias_model", rate, (rows.role == ASSISTANT) & (rows.model >= 0))
    alias = fleet(block.window).alias_code(block.conversations.alias[rows.conversation])
    return changed(block, "alias_model", touched, model=alias)


KIND = Kind(
    name="alias_model",
    stage=Stage.LASTING,
    rate=0.15,
    of="answers",
    denominator="SELECT count(*) FROM message_events WHERE role = 'assistant' AND model IS NOT NULL",
    what="model is an alias such as 'lark-mini', whose version changes with time and region",
    punishes="GROUP BY model",
    seen="aliases that point to the newest snapshot",
    undone_by="turns resolves it by the release in force, which a canary makes wrong",
    apply=apply,
    order=48,
)
