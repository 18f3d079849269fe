"""People who change their vote: the new one names the old one."""

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
AFTER_SECONDS = 7_200


def apply(block: Block, rate: float) -> Block:
    """Add a later vote with another value to some thumbs and ratings."""
    votes = block.sides[TABLE]
    key = side_keys(votes["feedback_id"], "changed_vote")
    plain = pc.fill_null(pc.match_substring_regex(votes["value"], "^([1-5]|up|down)$"), False)
    wanted = lanes.chance(key, "chosen", rate) & plain.to_numpy()
    old, key = votes.filter(pa.array(wanted)), key[wanted]
    later = old["created_at"].cast(pa.int64()).to_numpy() + (5 + lanes.below(key, "wait", AFTER_SECONDS)) * 1_000_000
    ids = columns.prefixed("fb_", lanes.bits(key, "id"))
    rating = columns.words(lanes.below(key, "value", 5), tuple("12345"))
    thumb = pc.if_else(pc.equal(old["value"], "up"), "down", "up")
    values = {
        "feedback_id": ids,
        "revised_from": old["feedback_id"],
        "value": pc.if_else(pc.equal(old["instrument"], "thumb"), thumb, rating),
        "created_at": columns.times(later),
    }
    new = pa.Table.from_pydict({name: values.get(name, old[name]) for name in old.schema.names}, schema=old.schema)
    block = replace(block, sides={**block.sides, TABLE: pa.concat_tables([votes, new])})
    return noted(block, "changed_vote", TABLE, ids)


KIND = Kind(
    name="changed_vote",
    stage=Stage.SIDE,
    rate=0.05,
    of="votes",
    denominator="SELECT count(*) FROM feedback WHERE regexp_matches(value, '^([1-5]|up|down)$')",
    what="a later vote revises an earlier one of the same message",
    punishes="counting both",
    seen="thumbs that can be flipped",
    undone_by="revised_from",
    apply=apply,
    order=11,
)
