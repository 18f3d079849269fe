"""What messages assert: claims that stay, flip when challenged or flip on their own, and sources' facts.

Each conversation is about three keys. Its belief about a key changes with every flip, so that an answer
may go back on an earlier one, and come back to it again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator import columns, lanes
from generator.block import ASSISTANT, EMPTY, FULL, MISSING, USER, Assertions
from generator.lanes import Flags, Keys, Whole
from generator.vocabulary import claims

SLOTS = 3
FLIP_WHEN_CHALLENGED = 0.40
FLIP_UNPROVOKED = 0.015
CITED, SUPPORTED = 0.52, 0.745
ASSERT, RESTATE, RETRACT = range(3)
CLAIM_ACTS = ("assert", "restate", "retract")
# The belief that is held after so many flips: A, B, A, C, ...
BELIEFS = np.array([0, 1, 0, 2], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Asserted:
    """The claims of all rows and, for each row, its first claim and its count (-1 is NULL); facts likewise."""

    entries: Assertions
    first: Whole
    count: Whole
    facts: Whole
    fact_first: Whole
    fact_count: Whole


@dataclass(frozen=True, slots=True)
class Speaker:
    """What assertions depend on, one row a message, ordered by conversation and position."""

    key: Keys
    conversation_key: Keys
    conversation: Whole
    role: Whole
    challenged: Flags
    summary: Flags
    has_claims: Flags


def assert_things(rows: Speaker) -> Asserted:
    """The claims and source facts of these rows."""
    count = _counts(rows)
    first = np.cumsum(np.maximum(count, 0)) - np.maximum(count, 0)
    place, owner = columns.spans(first, count)
    key = lanes.child(rows.key[owner], place - first[owner] + 100)
    slot = lanes.below(key, "claim/slot", SLOTS)
    spoken = rows.role[owner] == ASSISTANT
    flips = (
        lanes.chance(key, "claim/flip", np.where(rows.challenged[owner], FLIP_WHEN_CHALLENGED, FLIP_UNPROVOKED))
        & spoken
    )
    belief = BELIEFS[_flips_so_far(slot, flips, rows.conversation[owner]) % len(BELIEFS)]
    belief = np.where(spoken, belief, lanes.below(key, "claim/user_belief", 3))
    subject = _subject(rows.conversation_key[owner], slot)
    entries = Assertions(
        variant=_variant(key, subject, belief),
        value=np.where(
            lanes.chance(key, "claim/no_value", 0.008),
            MISSING,
            np.where(lanes.chance(key, "claim/blank", 0.005), EMPTY, FULL),
        ),
        hedged=np.where(
            lanes.chance(key, "claim/hedge_unknown", 0.08), -1, lanes.chance(key, "claim/hedged", 0.1).astype(np.int64)
        ),
        act=_act(key, flips),
        cited=lanes.chance(key, "claim/cited", CITED).astype(np.int64),
        supported=np.full(len(key), -1, dtype=np.int64),
    )
    entries.supported[:] = np.where(entries.cited == 1, lanes.chance(key, "claim/supported", SUPPORTED), -1)
    return Asserted(entries, first, count, *_facts(rows))


def _counts(rows: Speaker) -> Whole:
    answers = lanes.choose(rows.key, "claims/count", [12, 46, 26, 16])
    answers = np.where(lanes.chance(rows.key, "claims/null", 0.35), -1, answers)
    users = np.where(
        lanes.chance(rows.key, "claims/user", 0.05), 1, np.where(lanes.chance(rows.key, "claims/none", 0.6), 0, -1)
    )
    count = np.where(rows.role == ASSISTANT, answers, np.where(rows.role == USER, users, -1))
    return np.where(rows.has_claims, count, -1)


def _flips_so_far(slot: Whole, flips: Flags, conversation: Whole) -> Whole:
    """How often the conversation has changed its mind about the slot, this claim included."""
    if len(slot) == 0:
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate(([True], conversation[1:] != conversation[:-1])))
    group = np.cumsum(np.concatenate(([0], (conversation[1:] != conversation[:-1]).astype(np.int64))))
    so_far = np.zeros(len(slot), dtype=np.int64)
    for number in range(SLOTS):
        here = slot == number
        counted = lanes.running((flips & here).astype(np.int64), starts, group)
        so_far[here] = counted[here]
    return so_far


def _subject(conversation_key: Keys, slot: Whole) -> Whole:
    """Three different claims of the catalogue a conversation."""
    known = len(claims().first)
    start = lanes.below(conversation_key, "claims/start", known)
    stride = 1 + lanes.below(conversation_key, "claims/stride", (known - 1) // SLOTS)
    return (start + slot * stride) % known


def _variant(key: Keys, subject: Whole, belief: Whole) -> Whole:
    catalogue = claims()
    spelling = lanes.below(key, "claim/spelling", catalogue.spellings[subject, belief])
    other = (catalogue.other[subject] >= 0) & lanes.chance(key, "claim/other_unit", 0.06)
    return np.where(other, catalogue.other[subject], catalogue.first[subject, belief] + spelling)


def _act(key: Keys, flips: Flags) -> Whole:
    usual = lanes.choose(key, "claim/act", [82, 17, 1])
    return np.where(flips & lanes.chance(key, "claim/retracts", 0.3), RETRACT, usual)


def _facts(rows: Speaker) -> tuple[Whole, Whole, Whole]:
    """For summaries: the source holds the first belief about each of the conversation's subjects."""
    count = np.where(rows.summary & lanes.chance(rows.key, "facts/any", 0.7), SLOTS, -1)
    first = np.cumsum(np.maximum(count, 0)) - np.maximum(count, 0)
    place, owner = columns.spans(first, count)
    subject = _subject(rows.conversation_key[owner], place - first[owner])
    return claims().first[subject, 0], first, count
