"""API v2, 2024: text blocks in a tree, tool calls beside them, float seconds."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from generator import columns, content, moderation, unified
from generator.arrow import arrow_schema
from generator.block import NULL, Block, Rows
from generator.lanes import Whole
from generator.model import tables


def landing(block: Block, events: pa.Table) -> pa.Table:
    """raw_v2: the rows of `block`, which are all of v2; `events` are the same rows in the unified schema."""
    rows, schema = block.rows, arrow_schema(tables()["raw_v2"])
    arrays = {name: events.column(name) for name in schema.names if name in events.schema.names}
    known = {**unified.metadata(rows), "is_refusal": events.column("is_refusal").combine_chunks()}
    everyone = np.arange(len(rows.key))
    arrays |= {
        "created_at": _seconds(rows.created),
        "completed_at": _seconds(rows.completed),
        "content": content.text_lists(block, rows, schema.field("content").type),
        "metadata": columns.struct(schema.field("metadata").type, known),
        "finish_reason": events.column("stop_reason"),
        "usage": columns.struct(schema.field("usage").type, _usage(rows), ~rows.usage),
        "tool_calls": content.tool_calls(rows, schema.field("tool_calls").type),
        "tool_call_id": content.tool_use_id(rows, rows.tool_use == 0, everyone, content.answers_call(rows)),
        "moderation": moderation.flat(rows, schema.field("moderation").type),
    }
    return pa.Table.from_pydict(arrays, schema=schema)


def _seconds(times: Whole) -> pa.Array:
    """Seconds with microseconds: exact, because 53 bits hold the microseconds of our century."""
    return pa.array(np.where(times == NULL, 0, times) / 1e6, pa.float64(), mask=times == NULL)


def _usage(rows: Rows) -> dict[str, pa.Array]:
    return {
        "prompt_tokens": columns.whole(rows.tokens_in, pa.int64()),
        "completion_tokens": columns.whole(rows.tokens_out, pa.int64()),
        "total_tokens": columns.whole(rows.tokens_in + rows.tokens_out, pa.int64()),
    }
