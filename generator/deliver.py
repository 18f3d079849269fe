"""Arrival: gives each delivery its place in the log's order of arrival and its place in the file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from generator import lanes
from generator.block import Block, Conversations, People, Rows, Window
from generator.frame import take
from generator.lanes import Whole
from generator.ranking import ranked

# ingest_seq counts milliseconds, then users, then the deliveries of one user in one millisecond, so that it
# is unique and in order of arrival over the whole log although each block is made alone: 35 + 21 + 7 bits.
USER_BITS, TIE_BITS = 21, 7


def shuffled(rows: Rows) -> Rows:
    """The rows in the order of the file, which is no order at all."""
    drawn = lanes.bits(rows.message, "delivery/order")
    first = rows.version.astype(np.uint64) << np.uint64(61) | drawn >> np.uint64(3)
    return take(rows, ranked(first, drawn, rows.delivery))


def ingest_seq(rows: Rows, found: Conversations, who: People, window: Window) -> Whole:
    """The order of arrival, unique over the whole log."""
    user = who.index[found.user[rows.conversation]]
    since = rows.ingested_ms - window.start // 1000
    order = ranked((since << USER_BITS) | user, rows.message, rows.position, rows.version, rows.delivery)
    tied = (since[order][1:] == since[order][:-1]) & (user[order][1:] == user[order][:-1])
    starts = np.flatnonzero(np.concatenate(([True], ~tied)))
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    if len(rank) and rank.max() >= 1 << TIE_BITS:
        raise AssertionError(f"{int(rank.max()) + 1} deliveries of one user in one millisecond: raise TIE_BITS")
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = rank
    return (since << (USER_BITS + TIE_BITS)) | (user << TIE_BITS) | ranks


def sealed(block: Block) -> Block:
    """The block with the precision of each generation (v1 counts whole seconds) and its texts in one array."""
    rows, second = block.rows, 1_000_000
    old = rows.version == 1
    return replace(
        block,
        texts=(pa.concat_arrays(block.texts),),
        rows=replace(
            rows,
            created=np.where(old & (rows.created > 0), rows.created // second * second, rows.created),
            completed=np.where(old & (rows.completed > 0), rows.completed // second * second, rows.completed),
        ),
    )
