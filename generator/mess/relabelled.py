"""Labels that were replaced by a later, more careful one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator import columns, lanes
from generator.block import Block
from generator.inject import side_keys
from generator.lanes import Keys, Whole
from generator.ledger import noted
from generator.mess import Kind, Stage
from generator.side.labels import CATEGORIES, HUMAN, JUDGE, RATERS, SOURCES

TABLE = "safety_labels"
CHANGED_RATE = 0.5


def apply(block: Block, rate: float) -> Block:
    """Add labels that supersede message labels, half of them with another risk, where they could still be read."""
    labels = block.sides[TABLE]
    key = side_keys(labels["label_id"], "relabelled")
    wanted = lanes.chance(key, "chosen", rate) & np.asarray(pc.equal(labels["target_type"], "message"))
    old, key = labels.filter(pa.array(wanted)), key[wanted]
    source = np.where(lanes.chance(key, "human", 0.6), HUMAN, JUDGE)
    lag = np.where(
        source == HUMAN, lanes.quantile(key, "lag", "lag_human_ms"), lanes.quantile(key, "lag", "lag_judge_ms")
    )
    available = np.asarray(old["available_at"].cast(pa.int64())) + lag * 1000
    new = _newer(old, key, source, available)
    new = new.filter(pa.array(available < block.window.extracted))
    block = replace(block, sides={**block.sides, TABLE: pa.concat_tables([labels, new])})
    return noted(block, "relabelled", TABLE, new["label_id"].combine_chunks())


def _newer(old: pa.Table, key: Keys, source: Whole, available: Whole) -> pa.Table:
    risk = np.asarray(old["risk"]).astype(np.int64)
    step = np.where(lanes.chance(key, "higher", 0.5), 1, -1) * lanes.chance(key, "changed", CHANGED_RATE)
    risk = np.clip(risk + step, 0, 3)
    category = np.where(risk == 0, -1, lanes.below(key, "category", len(CATEGORIES)))
    raters = tuple(f"rater_{number:02}" for number in range(RATERS))
    values = {
        "label_id": columns.prefixed("lab_", lanes.bits(key, "id")),
        "supersedes_id": old["label_id"],
        "risk": columns.whole(risk, pa.int16()),
        "category": pc.if_else(
            pa.array(risk == 0),
            pa.scalar(None, pa.string()),
            pc.coalesce(old["category"], columns.words(category, CATEGORIES)),
        ),
        "source": columns.words(source, SOURCES),
        "rater_id": columns.words(np.where(source == HUMAN, lanes.below(key, "rater", RATERS), -1), raters),
        "labelled_at": columns.times(available - 300_000_000),
        "available_at": columns.times(available),
    }
    arrays = {name: values.get(name, old[name]) for name in old.schema.names}
    return pa.Table.from_pydict(arrays, schema=old.schema)


KIND = Kind(
    name="relabelled",
    stage=Stage.SIDE,
    rate=0.06,
    of="message labels",
    denominator="SELECT count(*) FROM safety_labels WHERE target_type = 'message'",
    what="a later label supersedes an earlier one, half of them with another risk",
    punishes="labels joined without asking which is in force; hindsight",
    seen="human review of automatic labels",
    undone_by="turns keeps the label in force; supersedes_id tells",
    apply=apply,
    order=10,
)
