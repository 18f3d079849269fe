"""The baseline of many a tutorial: Faker, a row at a time, for the columns of message_events."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from faker import Faker

from generator.arrow import arrow_schema
from generator.model import tables


def rows_of_faker(count: int) -> pa.Table:
    """So many rows in the schema of message_events: right types, plausible values, no conversation behind them."""
    faker = Faker("en_US")
    faker.seed_instance(1)
    rows = [_row(faker, number) for number in range(count)]
    return pa.Table.from_pylist(rows, schema=arrow_schema(tables()["message_events"]))


def _row(faker: Faker, number: int) -> dict[str, Any]:
    role = faker.random_element(("user", "assistant", "tool", "system"))
    moment = faker.date_time_between("-16w")
    return {
        "schema_version": faker.random_int(1, 4),
        "event_id": faker.hexify("^" * 16),
        "ingested_at": moment,
        "ingest_seq": number,
        "status": faker.random_element((200, 429, 500, 529)),
        "error_type": None,
        "is_refusal": faker.pybool(),
        "region": faker.random_element(("us", "eu", "apac")),
        "surface": faker.random_element(("web", "mobile", "api", "ide")),
        "client_version": faker.numerify("#.#.#"),
        "conversation_id": faker.hexify("^" * 16),
        "message_id": faker.hexify("^" * 16),
        "parent_message_id": faker.hexify("^" * 16),
        "content_hash": faker.hexify("^" * 16),
        "user_ref": "acct_" + faker.hexify("^" * 16),
        "role": role,
        "created_at": moment,
        "completed_at": moment,
        "content": [{"type": "text", "text": faker.paragraph(nb_sentences=2)}],
        "claims": [_claim(faker)] if role == "assistant" else None,
        "source_facts": None,
        "metadata": _metadata(faker),
        "model": faker.random_element(("model-a", "model-b", "model-c")),
        "stop_reason": faker.random_element(("stop", "end_turn", "max_tokens")),
        "usage": {
            "input_tokens": faker.random_int(1, 4_000),
            "output_tokens": faker.random_int(1, 4_000),
            "cache_read_input_tokens": faker.random_int(0, 4_000),
            "cache_creation_input_tokens": faker.random_int(0, 4_000),
        },
        "request_id": "req_" + faker.hexify("^" * 24),
        "attempt": faker.random_int(1, 2),
        "stream": faker.pybool(),
        "ttft_ms": faker.random_int(50, 9_000),
        "service_tier": faker.random_element(("standard", "priority", "batch")),
        "redacted": faker.pybool(),
        "deleted_at": None,
    }


def _claim(faker: Faker) -> dict[str, Any]:
    return {
        "key": faker.word(),
        "value": str(faker.random_int(1, 900)),
        "unit": faker.word(),
        "hedged": faker.pybool(),
        "act": faker.random_element(("assert", "restate", "retract")),
        "cited": faker.pybool(),
        "supported": faker.pybool(),
    }


def _metadata(faker: Faker) -> dict[str, Any]:
    return {
        "topic": faker.random_element(("coding", "writing", "health")),
        "dialogue_act": faker.random_element(("ask", "follow_up", "challenge", "thanks")),
        "language": faker.language_code()[:2],
        "system_prompt_version": faker.random_element(("sp-1", "sp-2")),
    }
