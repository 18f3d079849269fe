"""conversations: one row each, the empty and the removed ones included."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from generator import columns, lanes
from generator.arrow import arrow_schema
from generator.block import SURFACES, Block
from generator.model import tables
from generator.world import refs


def draw(block: Block) -> pa.Table:
    """The conversations of a block, in no particular order."""
    found, who = block.conversations, block.people
    lost = lanes.chance(found.key, "conversation/no_surface_logged", 0.02)
    table = pa.Table.from_pydict(
        {
            "conversation_id": columns.hex16(found.key),
            "user_ref": columns.taken(refs(who.ref_kind, who.ref), np.where(found.anonymous, -1, found.user)),
            "started_at": columns.times(found.starts),
            "surface": columns.words(np.where(lost, -1, found.surface), SURFACES),
            "current_message_id": columns.hex16(found.leaf, found.leaf == 0),
            "deleted_at": columns.times(found.deleted),
        },
        schema=arrow_schema(tables()["conversations"]),
    )
    return table.take(pa.array(np.argsort(found.key, kind="stable")))
