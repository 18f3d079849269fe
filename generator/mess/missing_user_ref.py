"""Single rows without a user_ref."""

from __future__ import annotations

from generator.block import Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Drop user_ref of rows."""
    touched = hit(block.rows, "missing_user_ref", rate, block.rows.identified)
    return changed(block, "missing_user_ref", touched, identified=False)


KIND = Kind(
    name="missing_user_ref",
    stage=Stage.LASTING,
    rate=0.01,
    of="rows",
    denominator="SELECT count(*) FROM message_events",
    what="user_ref is NULL although the conversation's is known",
    punishes="user_ref taken from the message rather than from the conversation",
    seen="expired sessions",
    undone_by="turns takes the user from the conversation",
    apply=apply,
    order=64,
)
