"""Messages without content: NULL, or a list of nothing."""

from __future__ import annotations

import numpy as np

from generator import lanes
from generator.block import EMPTY, FULL, MISSING, Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage

EMPTY_SHARE = 0.3


def apply(block: Block, rate: float) -> Block:
    """Take the content away: three in ten become an empty list ('' in v1), the rest NULL."""
    rows = block.rows
    touched = hit(rows, "empty_content", rate, rows.content == FULL)
    empty = lanes.chance(rows.key, "mess/empty_content/list", EMPTY_SHARE)
    return changed(block, "empty_content", touched, content=np.where(empty, EMPTY, MISSING))


KIND = Kind(
    name="empty_content",
    stage=Stage.LASTING,
    rate=0.02,
    of="rows with content",
    denominator="SELECT count(*) FROM message_events WHERE content IS NOT NULL",
    what="content is NULL, or an empty list in 0.6 % of rows",
    punishes="UNNEST, which drops both",
    seen="blocked uploads and interrupted streams",
    undone_by="a LEFT JOIN on the unnested list",
    apply=apply,
    order=40,
)
