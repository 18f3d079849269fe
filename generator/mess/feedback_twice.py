"""Votes that were recorded twice, under two ids and often two spellings."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from generator import columns, lanes
from generator.block import Block
from generator.inject import side_keys
from generator.ledger import noted
from generator.mess import Kind, Stage

TABLE = "feedback"


def apply(block: Block, rate: float) -> Block:
    """Add a second record of some votes a moment later; '5' may then read '5.0', 'up' 'Up'."""
    votes = block.sides[TABLE]
    key = side_keys(votes["feedback_id"], "feedback_twice")
    wanted = lanes.chance(key, "chosen", rate)
    twice, key = votes.filter(pa.array(wanted)), key[wanted]
    later = twice["created_at"].cast(pa.int64()).to_numpy() + lanes.below(key, "wait", 4_000_000)
    ids = columns.prefixed("fb_", lanes.bits(key, "id"))
    twice = twice.set_column(0, twice.schema.field(0), ids)
    twice = twice.set_column(
        twice.schema.get_field_index("value"), twice.schema.field("value"), _respelled(twice["value"])
    )
    twice = twice.set_column(
        twice.schema.get_field_index("created_at"), twice.schema.field("created_at"), columns.times(later)
    )
    block = replace(block, sides={**block.sides, TABLE: pa.concat_tables([votes, twice])})
    return noted(block, "feedback_twice", TABLE, ids)


def _respelled(values: pa.ChunkedArray) -> pa.ChunkedArray:
    whole = pc.match_substring_regex(values, "^[1-5]$")
    return pc.if_else(
        pc.fill_null(whole, False), pc.binary_join_element_wise(values, ".0", ""), pc.utf8_capitalize(values)
    )


KIND = Kind(
    name="feedback_twice",
    stage=Stage.SIDE,
    rate=0.03,
    of="votes",
    denominator="SELECT count(*) FROM feedback",
    what="the same vote under a second id, seconds later, spelled differently",
    punishes="AVG and COUNT over votes",
    seen="double clicks and two pipelines",
    undone_by="nothing: one vote per message, user and instrument",
    apply=apply,
    order=12,
)
