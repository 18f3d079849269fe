"""API v1, 2023 chat style: one text, whole seconds, no tree, token counts as text."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator import columns, content, moderation, unified
from generator.arrow import arrow_schema
from generator.block import COMMA, NULL, SECOND, Block, Rows
from generator.lanes import Whole
from generator.model import tables

V1_ROLES = ("human", "gpt", "tool", "system")


def landing(block: Block, events: pa.Table) -> pa.Table:
    """raw_v1: the rows of `block`, which are all of v1; `events` are the same rows in the unified schema."""
    rows, schema = block.rows, arrow_schema(tables()["raw_v1"])
    arrays = {name: events.column(name) for name in schema.names if name in events.schema.names}
    known = {**unified.metadata(rows), "is_refusal": events.column("is_refusal").combine_chunks()}
    arrays |= {
        "role": columns.words(rows.role, V1_ROLES),
        "created_at": _seconds(rows.created),
        "completed_at": _seconds(rows.completed),
        "content": content.flat_text(block, rows),
        "metadata": columns.struct(schema.field("metadata").type, known),
        "finish_reason": events.column("stop_reason"),
        "usage": columns.struct(schema.field("usage").type, _usage(rows), ~rows.usage),
        "function_call": content.function_call(rows, schema.field("function_call").type),
        "moderation": moderation.flat(rows, schema.field("moderation").type),
    }
    return pa.Table.from_pydict(arrays, schema=schema)


def _seconds(times: Whole) -> pa.Array:
    return columns.whole(np.where(times == NULL, 0, times // SECOND), pa.int64(), times == NULL)


def _usage(rows: Rows) -> dict[str, pa.Array]:
    return {
        "prompt_tokens": pc.if_else(pa.array(rows.spelling == 2), columns.text(""), _spelled(rows, rows.tokens_in)),
        "completion_tokens": _spelled(rows, rows.tokens_out),
        "total_tokens": _spelled(rows, rows.tokens_in + rows.tokens_out),
    }


def _spelled(rows: Rows, numbers: Whole) -> pa.StringArray:
    """The number as text, with a comma before the last three digits where the client wrote one."""
    plain = pa.array(numbers).cast(pa.string())
    thousands = pa.array(np.minimum(numbers // 1000, 999)).cast(pa.string())
    with_comma = columns.joined(thousands, ",", pc.utf8_lpad(pa.array(numbers % 1000).cast(pa.string()), 3, "0"))
    commas = (rows.spelling == COMMA) & (numbers >= 1000) & (numbers < 1_000_000)
    return pc.if_else(pa.array(commas), with_comma, plain)
