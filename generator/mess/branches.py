"""Edits and regenerations: messages beside the path that the user sees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.assertions import BELIEFS
from generator.block import ASSISTANT, USER, Assertions, Block, Rows
from generator.columns import spans
from generator.frame import stack, take
from generator.inject import added, hit, respoken, sibling
from generator.lanes import Keys, Whole
from generator.mess import Kind, Stage
from generator.vocabulary import claims

EDIT_SHARE = 0.35
NEWER_SHARE = 0.3
REGENERATED, EDITED = 5, 6
OLDER_US, NEWER_US = 60_000, 45_000_000


def apply(block: Block, rate: float) -> Block:
    """Add sibling answers, and for edits a sibling question with an answer of its own."""
    rows = block.rows
    tree = rows.on_path & (rows.version > 1) & (rows.parent != 0)
    answers = np.flatnonzero(hit(rows, "branches", rate, tree & (rows.role == ASSISTANT) & (rows.call % 8 == 0)))
    edits = answers[lanes.chance(rows.key[answers], "mess/branches/edit", EDIT_SHARE)]
    edits = edits[(rows.role[edits - 1] == USER) & (rows.conversation[edits - 1] == rows.conversation[edits])]
    again = np.setdiff1d(answers, edits, assume_unique=True)
    asked = _sibling(take(rows, edits - 1), EDITED, take(rows, edits).key)
    replies = _sibling(take(rows, edits), EDITED, take(rows, edits).key)
    replies = replace(replies, parent=asked.message)
    extra = stack(asked, replies, _sibling(take(rows, again), REGENERATED, take(rows, again).key))
    block, extra = respoken(block, extra)
    block, extra = _with_other_claims(block, extra)
    asks = np.arange(len(extra.key)) < len(edits)
    return added(added(block, "branches", take(extra, asks), chosen=False), "branches", take(extra, ~asks))


def _sibling(rows: Rows, slot: int, pair: Keys) -> Rows:
    """Copies under the same parent, as another call a little earlier, or some seconds later."""
    newer = lanes.chance(pair, "mess/branches/newer", NEWER_SHARE)
    older = -lanes.below(pair, "mess/branches/older", OLDER_US)
    step = np.where(newer, 2_000_000 + lanes.below(pair, "mess/branches/later", NEWER_US), older)
    return sibling(rows, slot, step)


def _with_other_claims(block: Block, rows: Rows) -> tuple[Block, Rows]:
    """The copies' claims as entries of their own, with beliefs that the path may not share."""
    place, owner = spans(rows.claim, rows.claims)
    entries, catalogue = take(block.claims, place), claims()
    key = lanes.child(rows.key[owner], place - rows.claim[owner])
    belief = BELIEFS[lanes.below(key, "mess/branches/belief", len(BELIEFS))]
    variant = catalogue.first[catalogue.claim_of[entries.variant], belief]
    first = len(block.claims.variant) + _starts(rows.claims)
    changed: Assertions = replace(entries, variant=variant)
    return replace(block, claims=stack(block.claims, changed)), replace(rows, claim=first)


def _starts(counts: Whole) -> Whole:
    lengths = np.maximum(counts, 0)
    return np.cumsum(lengths) - lengths


KIND = Kind(
    name="branches",
    stage=Stage.DELIVERY,
    rate=0.08,
    of="answers in a tree",
    denominator="SELECT count(*) FROM message_events WHERE role = 'assistant' AND parent_message_id IS NOT NULL",
    what="a sibling answer was generated, or the question was edited and answered again",
    punishes="the newest leaf or the first child taken for the path; regenerations taken for contradictions",
    seen="edit and retry buttons of chat clients",
    undone_by="turns.sql: the way up from current_message_id",
    apply=apply,
    order=20,
)
