"""classifier_scores: moderation, toxicity and reward scores; one cutover replaces all three versions."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from generator import columns, lanes
from generator.arrow import arrow_schema
from generator.block import ASSISTANT, USER, Block, Rows, Window
from generator.effects.score_drift import cutover
from generator.frame import stack, take
from generator.lanes import Flags, Whole
from generator.model import tables

CLASSIFIERS = ("moderation", "toxicity", "reward")
MODERATION, TOXICITY, REWARD = range(3)
CATEGORIES = ("hate", "self_harm", "self-harm", "violence", "cyber", "toxicity", "quality")
VERSIONS = ("mod-1", "mod-2", "tox-3", "tox-4", "rm-5", "rm-6")
# Whose messages each classifier looks at, and at what share of them.
SCORED = ((USER, MODERATION, 0.80), (USER, TOXICITY, 0.45), (ASSISTANT, MODERATION, 0.20), (ASSISTANT, REWARD, 0.30))
# Of a thousand messages of low, medium and high risk: flagged by both, by moderation only, by toxicity only.
# Source: WildChat flags 3.73, 2.32 and 4.39 % of user turns so, and 6.58 % of answers.
FLAGGED = np.array([[12, 14, 35], [350, 150, 200], [600, 200, 150]], dtype=np.int64)
FLAGGED_ANSWERS = np.array([55, 200, 350], dtype=np.int64)
MILLIONTHS = 1_000_000
FLAGGED_FROM = 500_000
HOUR = 3_600_000_000


def draw(block: Block) -> pa.Table:
    """Scores of user messages (moderation, toxicity) and of answers (moderation, reward), in no particular order."""
    rows = take(block.rows, block.rows.on_path)
    chosen = [_scored(rows, role, classifier) for role, classifier, _ in SCORED]
    classifier = np.repeat([classifier for _, classifier, _ in SCORED], [int(mask.sum()) for mask in chosen])
    return _table(block, stack(*(take(rows, mask) for mask in chosen)), classifier)


def ids(table: pa.Table) -> pa.StringArray:
    """What tells a score from others: its message and its classifier."""
    return columns.joined(table["message_id"], "/", table["classifier"]).combine_chunks()


def since_cutover(table: pa.Table, window: Window) -> Flags:
    """Which scores are the second version's."""
    found: Flags = table["scored_at"].cast(pa.int64()).to_numpy() >= cutover(window)
    return found


def millionths(table: pa.Table) -> Whole:
    """The scores as whole numbers."""
    found: Whole = np.rint(table["score"].to_numpy() * MILLIONTHS).astype(np.int64)
    return found


def _scored(rows: Rows, role: int, classifier: int) -> Flags:
    rate = next(rate for who, which, rate in SCORED if (who, which) == (role, classifier))
    found: Flags = (rows.role == role) & lanes.chance(rows.key, f"score/{CLASSIFIERS[classifier]}", rate)
    return found


def _table(block: Block, rows: Rows, classifier: Whole) -> pa.Table:
    key = lanes.child(rows.key ^ lanes.lane("score"), classifier)
    late = lanes.chance(key, "score/late", 0.03)
    later = np.where(late, 2 * HOUR + lanes.below(key, "score/later", 86_400) * 1_000_000, 0)
    at = rows.at + lanes.below(key, "score/delay", 3_000) * 1000 + later
    newer = (at >= cutover(block.window)).astype(np.int64)
    score = np.where(classifier == REWARD, _reward(rows, key), _harm(rows, key, classifier))
    unknown = lanes.chance(key, "score/no_version", 0.10)
    category = np.where(classifier == MODERATION, _moderated(rows, key), classifier + 4)
    table = pa.Table.from_pydict(
        {
            "message_id": columns.hex16(rows.message),
            "classifier": columns.words(classifier, CLASSIFIERS),
            "classifier_version": columns.words(np.where(unknown, -1, classifier * 2 + newer), VERSIONS),
            "category": columns.words(category, CATEGORIES),
            "score": pa.array(score / MILLIONTHS),
            "flagged": columns.flags(score >= FLAGGED_FROM, classifier == REWARD),
            "scored_at": columns.times(at),
        },
        schema=arrow_schema(tables()["classifier_scores"]),
    )
    return table.take(pa.array(np.argsort(key, kind="stable")))


def _harm(rows: Rows, key: lanes.Keys, classifier: Whole) -> Whole:
    """At least a half for flagged messages, more with the risk; low for the others, with a tail."""
    drawn = lanes.below(key, "score/harm", MILLIONTHS)
    harmless = drawn * drawn // MILLIONTHS * drawn // MILLIONTHS // 2
    harmful = FLAGGED_FROM + drawn * (8 + np.maximum(rows.risk, 0)) // 25
    return np.where(_flagged(rows, classifier), harmful, harmless)


def _flagged(rows: Rows, classifier: Whole) -> Flags:
    """Which messages a classifier flags; the two agree as often as those of WildChat."""
    risk, drawn = np.maximum(rows.risk, 0), lanes.below(rows.key, "score/flagged", 1_000)
    both, moderation, toxicity = np.cumsum(FLAGGED, axis=1)[risk].T
    asked = (drawn < both) | np.where(
        classifier == MODERATION, (drawn >= both) & (drawn < moderation), (drawn >= moderation) & (drawn < toxicity)
    )
    return np.where(rows.role == USER, asked, drawn < FLAGGED_ANSWERS[risk])


def _reward(rows: Rows, key: lanes.Keys) -> Whole:
    """Roughly a bell between -3 and 3; a refusal is liked less."""
    bell = sum(lanes.below(key, f"score/reward/{part}", MILLIONTHS) for part in range(6)) - 3 * MILLIONTHS
    return bell - rows.refused * 800_000


def _moderated(rows: Rows, key: lanes.Keys) -> Whole:
    category = lanes.choose(key, "score/category", [30, 20, 0, 30, 20])
    spelled = (category == 1) & (rows.version <= 2) & lanes.chance(key, "score/spelled", 0.5)
    return np.where(spelled, 2, category)
