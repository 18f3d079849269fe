"""What mess kinds share: choosing rows by key, changing them, adding texts, and keeping the ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from generator import columns, lanes, speech
from generator.block import Block, Rows
from generator.frame import stack, take
from generator.lanes import Flags, Keys, Whole
from generator.ledger import noted
from generator.ranking import ranked
from generator.speech import Said


def hit(rows: Rows, kind: str, rate: float, among: Flags) -> Flags:
    """The rows of `among` that a kind touches; all deliveries of a message together."""
    return lanes.chance(rows.key, f"mess/{kind}", rate) & among


def changed(block: Block, kind: str, touched: Flags, *, chosen: bool = True, **values: Any) -> Block:
    """The block with new values in the touched rows, one ledger row for each."""
    if not touched.any():
        return block
    new = {name: np.where(touched, value, getattr(block.rows, name)) for name, value in values.items()}
    ids = block.rows.message[touched]
    return noted(replace(block, rows=replace(block.rows, **new)), kind, "message_events", ids, chosen=chosen)


def added(block: Block, kind: str, extra: Rows, *, chosen: bool = True) -> Block:
    """The block with more rows, one ledger row for each."""
    return noted(replace(block, rows=stack(block.rows, extra)), kind, "message_events", extra.message, chosen=chosen)


def sibling(rows: Rows, slot: int, step: Whole) -> Rows:
    """Copies under the same parent, off the active path, as another call `step` microseconds later."""
    key = lanes.child(rows.key, np.full(len(rows.key), slot))
    return replace(
        rows,
        key=key,
        message=lanes.bits(key, "message/id"),
        event=lanes.bits(key, "message/event"),
        at=rows.at + step,
        created=np.where(rows.created > 0, rows.created + step, rows.created),
        completed=np.where(rows.completed > 0, rows.completed + step, rows.completed),
        ingested_ms=rows.ingested_ms + step // 1000,
        call=rows.call + slot,
        call_at=rows.call_at + step,
        linked=np.ones(len(key), dtype=np.bool_),
        facts=np.full(len(key), -1),
        on_path=np.zeros(len(key), dtype=np.bool_),
    )


def ordered(block: Block) -> Block:
    """The block with its rows in order of conversation and position."""
    rows = block.rows
    return replace(block, rows=take(rows, ranked(rows.conversation << 32 | rows.position)))


def with_texts(block: Block, texts: pa.StringArray) -> tuple[Block, Whole]:
    """The block with more texts, and where they are."""
    first = sum(len(part) for part in block.texts)
    return replace(block, texts=(*block.texts, texts)), first + np.arange(len(texts), dtype=np.int64)


def respoken(block: Block, rows: Rows) -> tuple[Block, Rows]:
    """Rows that say something of their own, drawn by their keys."""
    said = Said(
        key=rows.key,
        role=rows.role,
        topic=np.maximum(rows.topic, 0),
        act=rows.act,
        language=rows.language,
        refused=rows.refused,
        claim=np.full(len(rows.key), -1, dtype=np.int64),
    )
    spoken = speech.speak(said)
    block, places = with_texts(block, spoken.texts)
    return block, replace(rows, text=places, hash=spoken.hashes)


def previous(values: NDArray[Any], group: Whole, missing: Any) -> NDArray[Any]:
    """The value of the row before, within its group; `missing` on the first."""
    before = np.concatenate((values[:1], values[:-1]))
    first = np.concatenate(([True], group[1:] != group[:-1])) if len(group) else np.zeros(0, dtype=np.bool_)
    return np.where(first, missing, before)


def edited(table: pa.Table, **values: pa.Array) -> pa.Table:
    """The table with these columns in place of its own."""
    return pa.Table.from_pydict({name: values.get(name, table[name]) for name in table.schema.names}, table.schema)


def side_keys(ids: pa.Array, kind: str) -> Keys:
    """A key for each id of a side table, from its last 16 hex digits."""
    return columns.numbers(ids) ^ lanes.lane(f"mess/{kind}")
