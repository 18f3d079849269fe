"""Moderation as the API generations wrote it beside a message: flat scores first, a list of entries later."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from generator import columns, lanes
from generator.block import ASSISTANT, USER, Rows
from generator.lanes import Flags, Whole

UNSCORED_RATE = 0.20
MILLIONTHS = 1_000_000
FLAT = ("hate", "self-harm", "self_harm", "sexual", "violence")
ENTRIES = ("hate", "self_harm", "sexual", "violence", "cyber")
FLAGGED_FROM = 500_000


def flat(rows: Rows, type_: pa.StructType) -> pa.StructArray:
    """One score a category under its own key; self-harm stands under self_harm too where it is doubled."""
    scores = {name: score(rows, name.replace("-", "_")) for name in FLAT}
    fields = {name: pa.array(scores[name] / MILLIONTHS) for name in FLAT}
    fields["self_harm"] = columns.blanked(fields["self_harm"], ~rows.doubled)
    flagged = np.maximum.reduce(list(scores.values())) >= FLAGGED_FROM
    return columns.struct(type_, {**fields, "flagged": columns.flags(flagged)}, unscored(rows))


def inline(rows: Rows, type_: pa.ListType) -> pa.ListArray:
    """The two categories that were looked at, as entries of a list."""
    counts = np.where(unscored(rows), -1, 2)
    nth, owner = columns.spans(np.zeros(len(counts), dtype=np.int64), counts)
    category = (lanes.below(rows.key, "moderation/first", len(ENTRIES))[owner] + nth) % len(ENTRIES)
    every = np.stack([score(rows, name) for name in ENTRIES])
    scores = every[category, owner]
    fields = {
        "flagged": columns.flags(scores >= FLAGGED_FROM),
        "category": columns.words(category, ENTRIES),
        "score": pa.array(scores / MILLIONTHS),
    }
    return columns.lists(counts, columns.struct(type_.value_type, fields))


def score(rows: Rows, category: str) -> Whole:
    """A score in millionths: low for harmless messages, higher with the risk, with overlap."""
    drawn = lanes.below(rows.key, f"moderation/{category}", MILLIONTHS)
    harmless = drawn * drawn // MILLIONTHS * drawn // MILLIONTHS // 2
    risky = np.minimum(drawn // 2 + np.maximum(rows.risk, 0) * 180_000, MILLIONTHS)
    return np.where(rows.risk > 0, risky, harmless)


def unscored(rows: Rows) -> Flags:
    """Rows that no moderation looked at."""
    spoken = (rows.role == USER) | (rows.role == ASSISTANT)
    found: Flags = lanes.chance(rows.key, "moderation/unscored", UNSCORED_RATE) | ~spoken
    return found
