"""Reward scores that jumped when the reward model was retrained."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from generator import lanes
from generator.block import Block
from generator.effects.reward_retrain import SHIFT
from generator.inject import edited, side_keys
from generator.ledger import noted
from generator.mess import Kind, Stage, statement
from generator.side.scores import MILLIONTHS, ids, millionths, since_cutover

TABLE = "classifier_scores"


def apply(block: Block, rate: float) -> Block:
    """Raise reward scores of the retrained model by 0.35."""
    scores = block.sides[TABLE]
    key = side_keys(scores["message_id"], KIND.name)
    reward = pc.equal(scores["classifier"], "reward").to_numpy()
    touched = lanes.chance(key, "chosen", rate) & reward & since_cutover(scores, block.window)
    table = edited(scores, score=pa.array((millionths(scores) + touched * SHIFT) / MILLIONTHS))
    shifted = ids(scores).filter(pa.array(touched))
    return noted(replace(block, sides={**block.sides, TABLE: table}), KIND.name, TABLE, shifted)


KIND = Kind(
    name="reward_retrain",
    stage=Stage.SIDE,
    rate=1.0,
    of="reward scores since the cutover",
    denominator=statement("reward_retrain"),
    what="the same answer scores 0.35 higher; both arms of every experiment jump",
    punishes="before against after, read as an effect",
    seen="retrained reward models",
    undone_by="nothing: compare arms within a version, or differences of differences",
    apply=apply,
    order=22,
)
