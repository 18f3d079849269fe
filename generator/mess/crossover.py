"""Units that were seen in two arms of one experiment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from generator import columns, lanes
from generator.block import Block
from generator.inject import side_keys
from generator.lanes import Flags, Keys
from generator.ledger import noted
from generator.mess import Kind, Stage
from generator.vocabulary import read

TABLE = "exposures"
TIED_SHARE = 0.3


def apply(block: Block, rate: float) -> Block:
    """Add one exposure to another arm for some units, in three of ten at the very same moment."""
    rows = block.sides[TABLE]
    parts = [_crossed(rows, experiment, rate) for experiment in read("experiments")["experiment"]]
    extra = pa.concat_tables(parts)
    block = replace(block, sides={**block.sides, TABLE: pa.concat_tables([rows, extra])})
    return noted(block, "crossover", TABLE, extra["unit_id"].combine_chunks())


def _crossed(rows: pa.Table, experiment: dict[str, Any], rate: float) -> pa.Table:
    mine = rows.filter(pa.compute.equal(rows["experiment_id"], experiment["id"]))
    key = side_keys(mine["unit_id"], f"crossover/{experiment['id']}")
    wanted = _first_of_each(key) & lanes.chance(key, "chosen", rate)
    old, key = mine.filter(pa.array(wanted)), key[wanted]
    names = [arm["name"] for arm in experiment["arms"]]
    step = 1 + lanes.below(key, "step", len(names) - 1)
    arm = (np.asarray(pa.compute.index_in(old["arm"], pa.array(names))).astype(np.int64) + step) % len(names)
    wait = np.where(lanes.chance(key, "tied", TIED_SHARE), 0, lanes.below(key, "wait", 3_600) * 1_000_000)
    shadow = (arm == len(names) - 1) & bool(experiment.get("shadow"))
    values = {
        "is_shadow": columns.flags(shadow),
        "arm": columns.words(arm, names),
        "served_version": columns.words(arm, [arm["version"] for arm in experiment["arms"]]),
        "exposed_at": columns.times(old["exposed_at"].cast(pa.int64()).to_numpy() + wait),
    }
    return pa.Table.from_pydict({name: values.get(name, old[name]) for name in old.schema.names}, schema=old.schema)


def _first_of_each(key: Keys) -> Flags:
    first = np.zeros(len(key), dtype=np.bool_)
    first[np.unique(key, return_index=True)[1]] = True
    return first


KIND = Kind(
    name="crossover",
    stage=Stage.SIDE,
    rate=0.015,
    of="units of an experiment",
    denominator="SELECT count(DISTINCT (experiment_id, unit_id)) FROM exposures",
    what="the unit has exposures to two arms, some at the same moment",
    punishes="a join that fans out; a unit counted in both arms",
    seen="assignment by cookie, log-in in between",
    undone_by="nothing: first exposure, or leave them out",
    apply=apply,
    order=14,
)
