"""A category that had no threshold before it was introduced."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from generator import lanes
from generator.block import Block
from generator.inject import edited, side_keys
from generator.ledger import noted
from generator.mess import Kind, Stage, statement
from generator.side.scores import ids, since_cutover

TABLE = "classifier_scores"
CATEGORY = "cyber"


def apply(block: Block, rate: float) -> Block:
    """Blank `flagged` of the new category before the cutover."""
    scores = block.sides[TABLE]
    key = side_keys(scores["message_id"], KIND.name)
    young = pc.equal(scores["category"], CATEGORY).to_numpy() & ~since_cutover(scores, block.window)
    touched = lanes.chance(key, "chosen", rate) & young
    unknown = pc.if_else(pa.array(touched), pa.scalar(None, pa.bool_()), scores["flagged"])
    unborn = ids(scores).filter(pa.array(touched))
    block = replace(block, sides={**block.sides, TABLE: edited(scores, flagged=unknown)})
    return noted(block, KIND.name, TABLE, unborn)


KIND = Kind(
    name="category_growth",
    stage=Stage.SIDE,
    rate=1.0,
    of="scores of the category cyber before the cutover",
    denominator=statement("category_growth"),
    what="flagged is NULL: the category was scored on trial, and nothing was flagged",
    punishes="COALESCE(flagged, false); shares over categories that did not exist",
    seen="taxonomies of harm, which grow with every version",
    undone_by="nothing",
    apply=apply,
    order=24,
)
