"""Trees whose root was never logged: the first message has a parent that is nowhere."""

from __future__ import annotations

from generator import lanes
from generator.block import Block
from generator.inject import changed
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Give the roots of some trees a parent that the log does not hold."""
    rows = block.rows
    chosen = lanes.chance(block.conversations.key, "mess/unlogged_root", rate)[rows.conversation]
    touched = chosen & (rows.parent == 0) & (rows.version > 1)
    return changed(block, "unlogged_root", touched, parent=lanes.bits(rows.key, "mess/unlogged_root/id"))


KIND = Kind(
    name="unlogged_root",
    stage=Stage.DELIVERY,
    rate=0.02,
    of="conversations from v2 on",
    denominator="SELECT count(*) FROM message_events WHERE schema_version > 1 AND parent_message_id IS NULL",
    what="parent_message_id of the first message is found nowhere",
    punishes="parent IS NULL as the mark of a root; an inner join with parents",
    seen="null nodes at the root of chat exports",
    undone_by="turns.sql walks up and stops where there is nothing",
    apply=apply,
    order=10,
)
