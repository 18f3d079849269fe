"""Events that arrive an hour late, by a kind of mess that a test drops in."""

from __future__ import annotations

import numpy as np

from generator.block import Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Move the arrival of rows back by an hour."""
    rows = block.rows
    every = np.ones(len(rows.key), dtype=np.bool_)
    return changed(
        block, "late_homework", hit(rows, "late_homework", rate, every), ingested_ms=rows.ingested_ms + 3_600_000
    )


KIND = Kind(
    name="late_homework",
    stage=Stage.DELIVERY,
    rate=0.5,
    of="rows",
    what="ingested_at is an hour after the event",
    punishes="order by arrival",
    seen="a test",
    undone_by="turns.sql does not order by arrival",
    apply=apply,
)
