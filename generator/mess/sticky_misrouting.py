"""Answers by a version long replaced, for the same users as long as an incident lasts."""

from __future__ import annotations

import numpy as np

from generator import lanes
from generator.block import ASSISTANT, Block
from generator.effects.misrouting import INCIDENTS, RATE, Misrouting
from generator.fleet import fleet
from generator.inject import changed
from generator.ledger import noted
from generator.mess import Kind, Stage, statement
from generator.world import refs


def apply(block: Block, rate: float) -> Block:
    """Let the old version answer some users during each of the planted incidents."""
    for number, incident in enumerate(INCIDENTS):
        block = _misrouted(block, rate, number, incident)
    return block


def _misrouted(block: Block, rate: float, number: int, incident: Misrouting) -> Block:
    rows, found, who = block.rows, block.conversations, block.people
    begins, ends = incident.span(block.window)
    there = (found.alias == incident.model) & (found.region == incident.region)
    chosen = lanes.chance(who.key, f"mess/sticky_misrouting/{number}", rate)
    during = (rows.at >= begins) & (rows.at < ends) & (rows.role == ASSISTANT) & there[rows.conversation]
    touched = during & chosen[found.user[rows.conversation]]
    users = np.unique(found.user[rows.conversation[touched]])
    block = noted(block, KIND.name, "users", refs(who.ref_kind[users], who.ref[users]))
    return changed(block, KIND.name, touched, chosen=False, model=incident.version(fleet(block.window)))


KIND = Kind(
    name="sticky_misrouting",
    stage=Stage.LASTING,
    rate=RATE,
    of="users of a model and region while one of two incidents lasts",
    denominator=statement("sticky_misrouting"),
    what="an old version answers, and does so every time until the incident is over",
    punishes="requests taken for independent; a rate of misrouted answers read as one of users",
    seen="routing incidents with session affinity",
    undone_by="nothing: compare model with model_releases",
    apply=apply,
    order=47,
)
