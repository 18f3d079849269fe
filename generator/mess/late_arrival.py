"""Events that arrive minutes to days after they happened."""

from __future__ import annotations

from generator import lanes
from generator.block import Block
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Move the arrival of rows back, where they still arrive before the log is read out."""
    rows = block.rows
    arrives = rows.ingested_ms + lanes.quantile(rows.key, "mess/late_arrival/by", "late_ms")
    among = arrives * 1000 < block.window.extracted
    return changed(block, "late_arrival", hit(rows, "late_arrival", rate, among), ingested_ms=arrives)


KIND = Kind(
    name="late_arrival",
    stage=Stage.DELIVERY,
    rate=0.03,
    of="rows",
    denominator="SELECT count(*) FROM message_events",
    what="ingested_at is up to three days after the event",
    punishes="a filter on the arrival's date; order by arrival",
    seen="offline clients and replayed queues",
    undone_by="turns.sql does not order by arrival",
    apply=apply,
    order=40,
)
