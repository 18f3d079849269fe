"""Rows whose client sent no time."""

from __future__ import annotations

from generator.block import NULL, USER, Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Drop created_at here and there."""
    rows = block.rows
    timed = (rows.created != NULL) & ~((rows.version == 1) & (rows.role == USER))
    return changed(block, "missing_clock", hit(rows, "missing_clock", rate, timed), created=NULL)


KIND = Kind(
    name="missing_clock",
    stage=Stage.LASTING,
    rate=0.005,
    of="rows that are not user rows of v1",
    denominator="SELECT count(*) FROM message_events WHERE schema_version > 1 OR role <> 'user'",
    what="created_at is NULL",
    punishes="LAG that lands on NULL; NULLs sorted first",
    seen="dropped client fields",
    undone_by="nothing",
    apply=apply,
    order=32,
)
