"""Scores of harm that mean something else since the classifiers' cutover."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator import lanes
from generator.block import Block
from generator.effects.score_drift import RISE_PERCENT
from generator.inject import edited, side_keys
from generator.ledger import noted
from generator.mess import Kind, Stage, statement
from generator.side.scores import FLAGGED_FROM, MILLIONTHS, ids, millionths, since_cutover

TABLE = "classifier_scores"
LATER_FLAGGED_FROM = 550_000


def apply(block: Block, rate: float) -> Block:
    """Raise scores of the second version by a tenth, and their threshold from 0.5 to 0.55."""
    scores = block.sides[TABLE]
    classifier = np.asarray(pc.binary_length(scores["classifier"]))
    key = lanes.child(side_keys(scores["message_id"], KIND.name), classifier)
    harm = pc.not_equal(scores["classifier"], "reward").to_numpy()
    touched = lanes.chance(key, "chosen", rate) & harm & since_cutover(scores, block.window)
    before = millionths(scores)
    after = np.where(touched, np.minimum(before + before * RISE_PERCENT // 100 + 1, MILLIONTHS), before)
    flagged = after >= np.where(touched, LATER_FLAGGED_FROM, FLAGGED_FROM)
    table = edited(
        scores,
        score=pa.array(after / MILLIONTHS),
        flagged=pc.if_else(pc.is_valid(scores["flagged"]), pa.array(flagged), pa.scalar(None, pa.bool_())),
    )
    drifted = ids(scores).filter(pa.array(touched))
    return noted(replace(block, sides={**block.sides, TABLE: table}), KIND.name, TABLE, drifted)


KIND = Kind(
    name="score_drift",
    stage=Stage.SIDE,
    rate=1.0,
    of="moderation and toxicity scores since the cutover",
    denominator=statement("score_drift"),
    what="the same message scores a tenth higher, and the threshold moves from 0.5 to 0.55",
    punishes="one threshold for all versions; a rise of scores taken for a rise of harm",
    seen="classifier upgrades",
    undone_by="nothing: classifier_version tells, where it is known, and scored_at where not",
    apply=apply,
    order=20,
)
