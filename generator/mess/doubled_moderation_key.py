"""Moderation scores of v2 that hold one category under two keys."""

from __future__ import annotations

import numpy as np

from generator.block import ASSISTANT, Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage
from generator.moderation import unscored


def apply(block: Block, rate: float) -> Block:
    """Write self_harm beside self-harm."""
    rows = block.rows
    scored = (rows.version == 2) & (rows.role <= ASSISTANT) & ~unscored(rows)
    touched = hit(rows, "doubled_moderation_key", rate, scored)
    return changed(block, "doubled_moderation_key", touched, doubled=np.True_)


KIND = Kind(
    name="doubled_moderation_key",
    stage=Stage.LASTING,
    rate=0.9,
    of="rows of v2 with moderation scores",
    denominator="SELECT count(*) FROM raw_v2 WHERE moderation IS NOT NULL",
    what="moderation has the same score as self-harm and as self_harm; where it is not doubled, self_harm is NULL",
    punishes="summing or counting categories; one key taken for the category",
    seen="keys renamed in an API that kept the old ones",
    undone_by="coalesce of the two keys",
    apply=apply,
    order=66,
)
