"""safety_labels: what raters and classifiers say of a message's risk, and when it can be read."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from generator import columns, lanes
from generator.arrow import arrow_schema
from generator.block import ASSISTANT, USER, Block, Rows
from generator.frame import take
from generator.lanes import Keys, Whole
from generator.model import tables

SOURCES = ("auto", "judge", "human")
AUTO, JUDGE, HUMAN = range(3)
SOURCE_MIX = (80, 12, 8)
LAGS = ("lag_auto_ms", "lag_judge_ms", "lag_human_ms")
CATEGORIES = ("cyber", "violence", "self_harm", "weapons", "privacy", "fraud", "minors", "election")
OLD_CATEGORIES = 5
USER_RATE, ASSISTANT_RATE, CONVERSATION_RATE = 0.88, 0.40, 0.02
WRONG_RATES = np.array([0.012, 0.004, 0.002])
RATERS = 24


def draw(block: Block) -> pa.Table:
    """Labels that could be read before the log was extracted, by available_at."""
    messages, whole = _of_messages(block), _of_conversations(block)
    table = pa.concat_tables([messages, whole]).combine_chunks()
    table = table.filter(pa.compute.less(table["available_at"].cast(pa.int64()), block.window.extracted))
    return table.sort_by([("available_at", "ascending"), ("label_id", "ascending")])


def category(key: Keys, risk: Whole, taxonomy: Whole) -> pa.StringArray:
    """The kind of risk; the first taxonomy knew fewer."""
    known = np.where(taxonomy == 0, OLD_CATEGORIES, len(CATEGORIES))
    return columns.words(np.where(risk == 0, -1, lanes.below(key, "label/category", known)), CATEGORIES)


def _of_messages(block: Block) -> pa.Table:
    rows = take(block.rows, block.rows.on_path & (block.rows.role <= ASSISTANT))
    rate = np.where(rows.role == USER, USER_RATE, ASSISTANT_RATE)
    rows = take(rows, lanes.chance(rows.key, "label/any", rate))
    key = lanes.child(rows.key ^ lanes.lane("label"), np.zeros(len(rows.key), dtype=np.int64))
    source = lanes.choose(key, "label/source", SOURCE_MIX)
    risk = observed(key, _true_risk(rows), source)
    return assemble(block, key=key, message=rows.message, conversation=None, risk=risk, source=source, at=rows.at)


def _of_conversations(block: Block) -> pa.Table:
    found = take(block.conversations, lanes.chance(block.conversations.key, "label/conversation", CONVERSATION_RATE))
    key = lanes.child(found.key ^ lanes.lane("label"), np.zeros(len(found.key), dtype=np.int64))
    source = np.where(lanes.chance(key, "label/by_person", 0.3), HUMAN, JUDGE)
    risk = np.where(found.peak >= 0, 3, lanes.choose(key, "label/conversation_risk", [70, 20, 8, 2]))
    return assemble(block, key=key, message=None, conversation=found.key, risk=risk, source=source, at=found.starts)


def observed(key: Keys, truth: Whole, source: Whole) -> Whole:
    """What a rater of that source sees: 0 or 1 for low, 2 for medium, 3 for high, now and then the neighbour."""
    wrong = lanes.chance(key, "label/wrong", WRONG_RATES[source])
    seen = np.where(wrong, np.clip(truth + 1 - 2 * lanes.below(key, "label/lower", 2), 0, 2), truth)
    return np.where(seen == 0, lanes.chance(key, "label/one", 0.35).astype(np.int64), seen + 1)


def assemble(
    block: Block, *, key: Keys, message: Keys | None, conversation: Keys | None, risk: Whole, source: Whole, at: Whole
) -> pa.Table:
    """The rows of labels with these values."""
    count, window = len(key), block.window
    lag = np.choose(source, [lanes.quantile(key, f"label/{name}", name) for name in LAGS]) * 1000
    lasted = np.minimum(lag // 4, 600_000_000)
    taxonomy = np.minimum(window.hundredth(at) // 40, 2)
    return pa.Table.from_pydict(
        {
            "label_id": columns.prefixed("lab_", lanes.bits(key, "label/id")),
            "target_type": columns.words(np.full(count, 0 if conversation is None else 1), ("message", "conversation")),
            "message_id": columns.nothing(count) if message is None else columns.hex16(message),
            "conversation_id": columns.nothing(count) if conversation is None else columns.hex16(conversation),
            "risk": columns.whole(risk, pa.int16()),
            "category": category(key, risk, taxonomy),
            "source": columns.words(source, SOURCES),
            "taxonomy_version": columns.words(taxonomy, ("t1", "t2", "t3")),
            "rater_id": columns.words(
                np.where(source == HUMAN, lanes.below(key, "label/rater", RATERS), -1), _raters()
            ),
            "labelled_at": columns.times(at + lag - lasted),
            "available_at": columns.times(at + lag),
            "supersedes_id": columns.nothing(count),
        },
        schema=arrow_schema(tables()["safety_labels"]),
    )


def _true_risk(rows: Rows) -> Whole:
    """An answer that refuses is harmless."""
    return np.where((rows.role == ASSISTANT) & rows.refused, 0, np.maximum(rows.risk, 0))


def _raters() -> tuple[str, ...]:
    return tuple(f"rater_{number:02}" for number in range(RATERS))
