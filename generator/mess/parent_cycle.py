"""Trees that are not: the root's parent is one of its own descendants."""

from __future__ import annotations

from generator import lanes
from generator.block import Block
from generator.inject import changed
from generator.mess import Kind, Stage, statement


def apply(block: Block, rate: float) -> Block:
    """Let the roots of some trees follow the leaf."""
    rows, found = block.rows, block.conversations
    leaf = found.leaf[rows.conversation]
    chosen = lanes.chance(found.key, "mess/parent_cycle", rate)[rows.conversation]
    touched = chosen & (rows.parent == 0) & (rows.version > 1) & (leaf != 0) & (leaf != rows.message)
    return changed(block, "parent_cycle", touched, parent=leaf)


KIND = Kind(
    name="parent_cycle",
    stage=Stage.DELIVERY,
    rate=0.0005,
    of="conversations of several rows, v2 and later",
    denominator=statement("parent_cycle"),
    what="the first message follows the last one",
    punishes="recursion without a bound",
    seen="merged exports",
    undone_by="turns.sql stops at a message it has seen",
    apply=apply,
    order=12,
)
