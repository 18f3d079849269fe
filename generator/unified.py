"""message_events: the four generations in one typed schema, one row a delivery, nothing repaired."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from generator import columns, content, lanes
from generator.arrow import arrow_schema
from generator.block import ACTS, ASSISTANT, PROMPTS, REFUSAL, REGIONS, ROLES, SURFACES, TIERS, Block, Rows
from generator.deliver import ingest_seq
from generator.failure import NO_TTFT
from generator.fleet import Fleet
from generator.lanes import Flags, Keys, Whole
from generator.model import tables
from generator.vocabulary import read
from generator.world import refs

ERRORS = {429: "rate_limit_error", 500: "api_error", 529: "overloaded_error"}
OLD_STOPS = ("stop", "function_call", "content_filter", "length", "stop")
V2_STOPS = ("stop", "tool_calls", "content_filter", "length", "stop")
NEW_STOPS = ("end_turn", "tool_use", "refusal", "max_tokens", "pause_turn")
CLIENTS = 50


def message_events(block: Block, models: Fleet) -> pa.Table:
    """One row for each of the block's rows, in their order."""
    rows, schema = block.rows, arrow_schema(tables()["message_events"])
    arrays = {**_envelope(block), **_message(block, models, schema), **_call(rows, schema)}
    return pa.Table.from_pydict(arrays, schema=schema)


def _envelope(block: Block) -> dict[str, pa.Array]:
    """Who, where and when it arrived."""
    rows, found, who = block.rows, block.conversations, block.people
    of = rows.conversation
    clients = [f"{number // 10}.{number % 10}.{number * 7 % 10}" for number in range(CLIENTS)]
    person = found.user[of]
    hidden = ~rows.identified | found.anonymous[of]
    failed = np.searchsorted(sorted(ERRORS), rows.status)
    return {
        "schema_version": columns.whole(rows.version, pa.int16()),
        "event_id": columns.hex16(rows.event, rows.event == 0),
        "ingested_at": columns.times(rows.ingested_ms * 1000),
        "ingest_seq": columns.whole(ingest_seq(rows, found, who, block.window), pa.int64()),
        "status": columns.whole(rows.status, pa.int16()),
        "error_type": columns.words(np.where(rows.status == 200, -1, failed), [ERRORS[s] for s in sorted(ERRORS)]),
        "region": columns.words(_sometimes_lost(block, found.region, "region"), REGIONS),
        "surface": columns.words(_sometimes_lost(block, found.surface, "surface"), SURFACES),
        "client_version": columns.words(_sometimes_lost(block, found.client, "client"), clients),
        "conversation_id": columns.hex16(found.key[of], ~rows.linked),
        "message_id": columns.hex16(rows.message),
        "parent_message_id": columns.hex16(rows.parent, rows.parent == 0),
        "content_hash": columns.hex16(rows.hash),
        "user_ref": columns.taken(refs(who.ref_kind, who.ref), np.where(hidden, -1, person)),
        "request_id": request_ids(block),
        "attempt": columns.whole(rows.attempt, pa.int32()),
        "stream": columns.flags(rows.stream),
        "redacted": columns.flags(rows.redacted),
        "deleted_at": columns.times(rows.deleted),
    }


def _message(block: Block, models: Fleet, schema: pa.Schema) -> dict[str, pa.Array]:
    """What was said."""
    rows = block.rows
    return {
        "role": columns.words(rows.role, ROLES),
        "created_at": columns.times(rows.created),
        "completed_at": columns.times(rows.completed),
        "content": content.block_lists(block, rows, schema.field("content").type),
        "claims": content.claim_lists(block, rows, schema.field("claims").type),
        "source_facts": content.fact_lists(block, rows, schema.field("source_facts").type),
        "metadata": columns.struct(schema.field("metadata").type, metadata(rows)),
        "is_refusal": columns.flags(refusals(rows), ~refusal_known(rows)),
        "model": columns.words(rows.model, models.names),
        "stop_reason": stop_reasons(rows),
    }


def _call(rows: Rows, schema: pa.Schema) -> dict[str, pa.Array]:
    """What the call cost."""
    return {
        "usage": columns.struct(schema.field("usage").type, usage_fields(rows), ~rows.usage),
        "ttft_ms": columns.whole(rows.ttft_ms, pa.int32(), rows.ttft_ms == NO_TTFT),
        "service_tier": columns.words(rows.tier, TIERS),
    }


def metadata(rows: Rows) -> dict[str, pa.Array]:
    """What later classifiers wrote beside the message."""
    return {
        "topic": columns.words(rows.topic, [topic["name"] for topic in read("topics")["topic"]]),
        "dialogue_act": columns.words(rows.act, ACTS),
        "language": columns.words(rows.language, [spoken["code"] for spoken in read("places")["language"]]),
        "system_prompt_version": columns.words(rows.prompt, PROMPTS),
    }


def usage_fields(rows: Rows) -> dict[str, pa.Array]:
    """Token counts: v4 counts cached tokens inside the input; -1 is NULL."""
    cached = np.where(rows.version == 4, np.maximum(rows.cache_read, 0) + np.maximum(rows.cache_creation, 0), 0)
    blank = rows.spelling == 2
    return {
        "input_tokens": columns.whole(rows.tokens_in + cached, pa.int64(), blank),
        "output_tokens": columns.whole(rows.tokens_out, pa.int64()),
        "cache_read_input_tokens": columns.whole(rows.cache_read, pa.int64(), rows.cache_read < 0),
        "cache_creation_input_tokens": columns.whole(rows.cache_creation, pa.int64(), rows.cache_creation < 0),
    }


def stop_reasons(rows: Rows) -> pa.StringArray:
    """Why the answer ended, in the words of each generation."""
    size = len(NEW_STOPS)
    base = np.where(rows.version == 1, 0, np.where(rows.version == 2, size, 2 * size))
    return columns.words(np.where(rows.stop < 0, -1, base + rows.stop), [*OLD_STOPS, *V2_STOPS, *NEW_STOPS])


def refusals(rows: Rows) -> Flags:
    """Whether the log says that the answer is a refusal: v3 by its stop reason, the others by a field of their own."""
    return np.where(rows.version == 3, rows.stop == REFUSAL, rows.refused)


def refusal_known(rows: Rows) -> Flags:
    """v1 and v2 know it where a classifier looked, v3 where there is a stop reason, v4 always."""
    by_version = np.where(rows.version <= 2, rows.refusal_known, np.where(rows.version == 3, rows.stop >= 0, True))
    found: Flags = by_version & (rows.role == ASSISTANT)
    return found


def request_ids(block: Block) -> pa.StringArray:
    """Ids of calls sort by time: the server's milliseconds and the call's number come first."""
    ordered, salt = request_numbers(block, np.arange(len(block.rows.key)))
    return columns.side_by_side("req_", columns.digits(ordered), columns.digits(salt)[:, 8:])


def request_numbers(block: Block, chosen: Whole) -> tuple[Keys, Keys]:
    """The two numbers in the request_id of the chosen rows: the time with the call's number, and 32 bits of salt."""
    rows = block.rows
    call, of = rows.call[chosen], rows.conversation[chosen]
    ordered = ((rows.call_at[chosen] // 1000) << 12 | call).astype(np.uint64)
    return ordered, lanes.child(block.conversations.key[of] ^ lanes.lane("request"), call) >> np.uint64(32)


def _sometimes_lost(block: Block, codes: Whole, name: str) -> Whole:
    lost = lanes.chance(block.conversations.key, f"conversation/no_{name}", 0.02)
    return np.where(lost, -1, codes)[block.rows.conversation]
