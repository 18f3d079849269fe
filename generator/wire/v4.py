"""API v4, 2026: structured refusals, ISO times with the client's offset, cached tokens inside the input."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator import columns, lanes, moderation, unified
from generator.arrow import arrow_schema
from generator.block import NULL, SECOND, Block, Rows
from generator.lanes import Whole
from generator.model import tables
from generator.vocabulary import read

REFUSAL_CATEGORIES = ("cyber", "violence", "self_harm", "weapons", "privacy")


def landing(block: Block, events: pa.Table) -> pa.Table:
    """raw_v4: the rows of `block`, which are all of v4; `events` are the same rows in the unified schema."""
    rows, schema = block.rows, arrow_schema(tables()["raw_v4"])
    arrays = {name: events.column(name) for name in schema.names if name in events.schema.names}
    arrays |= {
        "created_at": _iso(rows.created, _client_offsets(block)),
        "completed_at": _iso(rows.completed, np.zeros(len(rows.key), dtype=np.int64)),
        "refusal": columns.struct(schema.field("refusal").type, _refusal(rows), ~unified.refusals(rows)),
        "usage": columns.struct(schema.field("usage").type, _usage(rows, schema), ~rows.usage),
        "moderation": moderation.inline(rows, schema.field("moderation").type),
    }
    return pa.Table.from_pydict(arrays, schema=schema)


def _client_offsets(block: Block) -> Whole:
    """Which place of vocab/places.toml each row's client is in."""
    return block.people.country[block.conversations.user[block.rows.conversation]] + 1


def _iso(times: Whole, place: Whole) -> pa.StringArray:
    """ISO 8601 with microseconds and an offset; place 0 is the server, which writes UTC."""
    minutes = np.array([0, *(country["offset_minutes"] for country in read("places")["country"])], dtype=np.int64)
    local = pa.array(np.where(times == NULL, 0, times + minutes[place] * 60 * SECOND), mask=times == NULL)
    offsets = [f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}" for offset in minutes]
    written = pc.strftime(local.cast(pa.timestamp("us")), format="%Y-%m-%dT%H:%M:%S")
    return columns.joined(written, columns.words(place, offsets))


def _refusal(rows: Rows) -> dict[str, pa.Array]:
    category = lanes.below(rows.key, "refusal/category", len(REFUSAL_CATEGORIES))
    words = columns.words(category, REFUSAL_CATEGORIES)
    return {"category": words, "explanation": columns.joined("declined: ", words)}


def _usage(rows: Rows, schema: pa.Schema) -> dict[str, pa.Array]:
    details = schema.field("usage").type.field("output_tokens_details").type
    thought = {"thinking_tokens": columns.whole(rows.thinking, pa.int64())}
    return {**unified.usage_fields(rows), "output_tokens_details": columns.struct(details, thought)}
