"""Two user_ids that turned out to be one person."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator import lanes
from generator.block import Block
from generator.inject import side_keys
from generator.lanes import Flags
from generator.ledger import noted
from generator.mess import Kind, Stage

TABLE = "users"


def apply(block: Block, rate: float) -> Block:
    """Say of some users, in all their periods, that they were merged into the user listed before them."""
    users = block.sides[TABLE]
    key = side_keys(users["user_id"], "merged_identity")
    merged = lanes.chance(key, "chosen", rate) & ~np.asarray(pc.starts_with(users["user_ref"], "ip_"))
    target = _before(key, merged)
    merged &= target >= 0
    into = users["user_id"].combine_chunks().take(pa.array(target, mask=target < 0))
    into = pc.if_else(pa.array(merged), into, pa.scalar(None, pa.string()))
    place = users.schema.get_field_index("merged_into")
    table = users.set_column(place, users.schema.field(place), into)
    ids = users["user_ref"].filter(pa.array(merged)).unique()
    return noted(replace(block, sides={**block.sides, TABLE: table}), "merged_identity", TABLE, ids)


def _before(key: lanes.Keys, merged: Flags) -> lanes.Whole:
    """The nearest earlier row that is another user's and is not merged itself; -1 without one."""
    place = np.where(merged, -1, np.arange(len(key)))
    return np.maximum.accumulate(place) if len(place) else place


KIND = Kind(
    name="merged_identity",
    stage=Stage.SIDE,
    rate=0.03,
    of="users",
    denominator="SELECT count(DISTINCT user_id) FROM users",
    what="merged_into names another user_id; both occur in the log",
    punishes="counting users twice; sessions cut at a log-in",
    seen="anonymous use before sign-up",
    undone_by="coalesce(merged_into, user_id)",
    apply=apply,
    order=16,
)
