"""Conversations of which nobody knows whose they are."""

from __future__ import annotations

from dataclasses import replace

from generator import lanes
from generator.block import Block
from generator.ledger import noted
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Drop user_ref of a conversation and of all its messages."""
    found = block.conversations
    touched = lanes.chance(found.key, "mess/anonymous_conversation", rate)
    block = replace(block, conversations=replace(found, anonymous=found.anonymous | touched))
    return noted(block, "anonymous_conversation", "conversations", found.key[touched])


KIND = Kind(
    name="anonymous_conversation",
    stage=Stage.LASTING,
    rate=0.04,
    of="conversations",
    denominator="SELECT count(*) FROM conversations",
    what="user_ref is NULL throughout",
    punishes="NOT IN over a column with NULL; partitions by user that put all the unknown into one",
    seen="logged-out traffic",
    undone_by="nothing",
    apply=apply,
    order=14,
)
