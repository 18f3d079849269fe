"""Attackers who edit their question until the refusal is gone from sight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import ASSISTANT, FULL, REFUSAL, TEXT, USER, Block, Rows
from generator.frame import stack, take
from generator.inject import added, respoken, sibling
from generator.lanes import Keys
from generator.mess import Kind, Stage, statement

SLOT = 7
BEFORE_US = 100_000


def apply(block: Block, rate: float) -> Block:
    """Add, beside the high-risk question of an attack that was answered, an earlier wording that was refused."""
    rows, found = block.rows, block.conversations
    answered = (rows.role == ASSISTANT) & (rows.status == 200) & ~rows.refused & rows.on_path
    peak = answered & (rows.exchange == found.peak[rows.conversation]) & (rows.parent != 0)
    chosen = lanes.chance(found.key, "mess/erased_refusal", rate)
    place = np.flatnonzero(peak & chosen[rows.conversation])
    place = place[(rows.role[place - 1] == USER) & (rows.conversation[place - 1] == rows.conversation[place])]
    pair = rows.key[place]
    asked, refused = _copy(take(rows, place - 1), pair), _copy(take(rows, place), pair)
    refused = replace(
        refused,
        parent=asked.message,
        refused=np.ones(len(place), dtype=np.bool_),
        stop=np.full(len(place), REFUSAL),
        tokens_out=20 + refused.tokens_out % 60,
        shape=np.full(len(place), TEXT),
        content=np.full(len(place), FULL),
        aside=np.full(len(place), -1),
    )
    block, extra = respoken(block, stack(asked, refused))
    asks = extra.role == USER
    return added(added(block, KIND.name, take(extra, asks), chosen=False), KIND.name, take(extra, ~asks))


def _copy(rows: Rows, pair: Keys) -> Rows:
    step = -1 - lanes.below(pair, "mess/erased_refusal/before", BEFORE_US)
    return replace(sibling(rows, SLOT, step), claims=np.full(len(rows.key), -1))


KIND = Kind(
    name="erased_refusal",
    stage=Stage.DELIVERY,
    rate=0.3,
    of="attacks from v2 on whose high-risk question was answered",
    denominator=statement("erased_refusal"),
    what="a refused wording lies beside the path; the path shows only the one that was answered",
    punishes="refusals counted on the active path only",
    seen="backtracking attacks on chat models",
    undone_by="turns.sql leaves it out, which is the point",
    apply=apply,
    order=22,
)
