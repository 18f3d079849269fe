"""Token counts of v1 that a program cannot read as numbers."""

from __future__ import annotations

import numpy as np

from generator.block import ASSISTANT, BLANK, COMMA, Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Write '1,024' where a count is large enough, and '' for the prompt tokens elsewhere."""
    rows = block.rows
    touched = hit(rows, "usage_as_text", rate, (rows.version == 1) & (rows.role == ASSISTANT) & rows.usage)
    large = np.maximum(rows.tokens_in, rows.tokens_out) >= 1000
    return changed(block, "usage_as_text", touched, spelling=np.where(large, COMMA, BLANK))


KIND = Kind(
    name="usage_as_text",
    stage=Stage.LASTING,
    rate=0.03,
    of="answers of v1 with usage",
    denominator="SELECT count(*) FROM raw_v1 WHERE usage IS NOT NULL",
    what="the counts are text with a comma, or ''",
    punishes="a cast that fails, TRY_CAST that hides how often",
    seen="counts formatted for people",
    undone_by="message_events: the comma is removed, '' is NULL",
    apply=apply,
    order=52,
)
