"""Events of v1 that have no id."""

from __future__ import annotations

from generator.block import Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Drop event_id of v1 rows."""
    touched = hit(block.rows, "missing_event_id", rate, block.rows.version == 1)
    return changed(block, "missing_event_id", touched, event=0)


KIND = Kind(
    name="missing_event_id",
    stage=Stage.DELIVERY,
    rate=0.03,
    of="rows of v1",
    denominator="SELECT count(*) FROM message_events WHERE schema_version = 1",
    what="event_id is NULL",
    punishes="deduplication by event_id, for which all NULLs are one event",
    seen="the first version of the logger",
    undone_by="message_id",
    apply=apply,
    order=35,
)
