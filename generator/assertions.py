"""What messages assert: claims that stay, flip when challenged or flip on their own, and sources' facts.

Each conversation is about three keys. Its belief about a key changes with every flip, so that an answer
may go back on an earlier one, and come back to it again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from generator import columns, lanes
from generator.block import ASSISTANT, EMPTY, FULL, MISSING, USER, Assertions
from generator.effects import summaries
from generator.frame import take
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
# Steps through the catalogue of 36 claims that come past each of them before they come back.
STRIDES = np.array([1, 5, 7, 11], dtype=np.int64)


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
    later: Flags
    has_claims: Flags


def assert_things(rows: Speaker) -> Asserted:
    """The claims and source facts of these rows."""
    wanted, facts = _counts(rows), _facts(rows)
    wanted = np.where(facts.count >= 0, facts.count + summaries.EXTRAS, wanted)
    first = np.cumsum(np.maximum(wanted, 0)) - np.maximum(wanted, 0)
    place, owner = columns.spans(first, wanted)
    key = lanes.child(rows.key[owner], place - first[owner] + 100)
    told = _said(rows, owner, key)
    summed, is_kept = _summed(rows, facts, owner, place - first[owner], key)
    variant = np.where(facts.count[owner] >= 0, summed, told.variant)
    entries = take(replace(told, variant=variant), is_kept)
    count = np.where(wanted < 0, -1, np.bincount(owner[is_kept], minlength=len(wanted)))
    return Asserted(
        entries=entries,
        first=np.cumsum(np.maximum(count, 0)) - np.maximum(count, 0),
        count=count,
        facts=facts.variant,
        fact_first=facts.first,
        fact_count=facts.count,
    )


def _said(rows: Speaker, owner: Whole, key: Keys) -> Assertions:
    """A claim for each key, of what its conversation believes by then."""
    slot = lanes.below(key, "claim/slot", SLOTS)
    spoken = rows.role[owner] == ASSISTANT
    chance = np.where(rows.challenged[owner], FLIP_WHEN_CHALLENGED, FLIP_UNPROVOKED)
    flips = lanes.chance(key, "claim/flip", chance) & spoken & ~rows.summary[owner]
    belief = BELIEFS[_flips_so_far(slot, flips, rows.conversation[owner]) % len(BELIEFS)]
    belief = np.where(spoken, belief, lanes.below(key, "claim/user_belief", 3))
    blank = np.where(lanes.chance(key, "claim/blank", 0.005), EMPTY, FULL)
    unknown, hedged = lanes.chance(key, "claim/hedge_unknown", 0.08), lanes.chance(key, "claim/hedged", 0.1)
    cited = lanes.chance(key, "claim/cited", CITED)
    return Assertions(
        variant=_variant(key, _subject(rows.conversation_key[owner], slot), belief),
        value=np.where(lanes.chance(key, "claim/no_value", 0.008), MISSING, blank),
        hedged=np.where(unknown, -1, hedged.astype(np.int64)),
        act=_act(key, flips),
        cited=cited.astype(np.int64),
        supported=np.where(cited, lanes.chance(key, "claim/supported", SUPPORTED), -1),
    )


def _counts(rows: Speaker) -> Whole:
    answers = lanes.choose(rows.key, "claims/count", [12, 46, 26, 16])
    answers = np.where(_speechless(rows.key), -1, answers)
    users = np.where(
        lanes.chance(rows.key, "claims/user", 0.05), 1, np.where(lanes.chance(rows.key, "claims/none", 0.6), 0, -1)
    )
    count = np.where(rows.role == ASSISTANT, answers, np.where(rows.role == USER, users, -1))
    return np.where(rows.has_claims, count, -1)


def _speechless(key: Keys) -> Flags:
    """Answers whose claims were never extracted."""
    return lanes.chance(key, "claims/null", 0.35)


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


@dataclass(frozen=True, slots=True)
class _Facts:
    """The variants that sources state; for each row its first and its count (-1 without a source)."""

    variant: Whole
    first: Whole
    count: Whole


def _facts(rows: Speaker) -> _Facts:
    """For summaries: facts of subjects of their own, each in the first belief about it."""
    sourced = rows.summary & rows.has_claims & ~_speechless(rows.key) & lanes.chance(rows.key, "facts/any", 0.7)
    count = np.where(sourced, summaries.facts(rows.key, rows.later), -1)
    first = np.cumsum(np.maximum(count, 0)) - np.maximum(count, 0)
    place, owner = columns.spans(first, count)
    return _Facts(claims().first[_source_subject(rows.key[owner], place - first[owner]), 0], first, count)


def _source_subject(key: Keys, nth: Whole) -> Whole:
    """The subject of a summary's nth fact, or, past the last one, of a claim that no source supports."""
    known = len(claims().first)
    stride = STRIDES[lanes.below(key, "facts/stride", len(STRIDES))]
    return (lanes.below(key, "facts/start", known) + nth * stride) % known


def _summed(rows: Speaker, facts: _Facts, owner: Whole, nth: Whole, key: Keys) -> tuple[Whole, Flags]:
    """What summaries claim at each place, and whether they do; claims of other rows are all made."""
    sourced, later = facts.count[owner] >= 0, rows.later[owner]
    stated = nth < facts.count[owner]
    variant = claims().first[_source_subject(rows.key[owner], nth), np.where(stated, 0, 1)]
    repeated = summaries.kept(key, rows.key[owner], later)
    return variant, ~sourced | np.where(stated, repeated, summaries.invented(key, later))
