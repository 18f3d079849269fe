"""User rows of v1, which never had a time."""

from __future__ import annotations

from generator.block import NULL, USER, Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Drop created_at of v1 user rows."""
    rows = block.rows
    touched = hit(rows, "untimed_user_rows", rate, (rows.version == 1) & (rows.role == USER) & (rows.created != NULL))
    return changed(block, "untimed_user_rows", touched, created=NULL)


KIND = Kind(
    name="untimed_user_rows",
    stage=Stage.LASTING,
    rate=1.0,
    of="user rows of v1",
    denominator="SELECT count(*) FROM message_events WHERE schema_version = 1 AND role = 'user'",
    what="created_at is NULL",
    punishes="LAG(created_at) over all rows; sessions that lose every user turn",
    seen="chat exports that time answers only",
    undone_by="nothing",
    apply=apply,
    order=34,
)
