"""turns: the modelled layer, as derive/turns.sql makes it of the layers below, without an engine.

The SQL is the definition and a test shows that it gives exactly these rows; this is how a block is written.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator import columns, content, resolve, unified
from generator.arrow import arrow_schema
from generator.block import ACTS, BLANK, NULL, REGIONS, USER, Block, Rows
from generator.fleet import Fleet
from generator.frame import take
from generator.lanes import Whole
from generator.model import tables
from generator.path import Active, active
from generator.ranking import places

RISKS = ("low", "low", "medium", "high")
AS_LOGGED = ("role", "is_refusal", "schema_version", "surface", "region", "status", "stop_reason")


def turns(block: Block, events: pa.Table, sides: Mapping[str, pa.Table], models: Fleet) -> pa.Table:
    """The turns of a block whose deliveries are `events`; `sides` are the other tables. In order of message_id."""
    leaves = sides["conversations"]["current_message_id"].combine_chunks().drop_null()
    found = active(block, np.asarray(events["ingest_seq"]), columns.numbers(leaves))
    own, schema = take(block.rows, found.row), arrow_schema(tables()["turns"])
    logged = events.select(["conversation_id", "user_ref", *AS_LOGGED]).take(pa.array(found.row)).combine_chunks()
    logged = {name: logged[name].chunk(0) for name in logged.schema.names} if logged.num_rows else {}
    arrays = {
        **_numbers(own, found),
        **_said(block, own, schema),
        **_looked_up(own, logged, sides, models),
        **_labelled(own, sides["safety_labels"]),
        **{name: logged[name] for name in ("conversation_id", *AS_LOGGED)},
    }
    return pa.Table.from_pydict(arrays, schema=schema)


def _numbers(own: Rows, found: Active) -> dict[str, pa.Array]:
    """Places, clocks and counts."""
    blank = ~own.usage | (own.spelling == BLANK)
    timed = (own.completed != NULL) & (own.created != NULL)
    lasted = np.where(timed, own.completed - own.created, 0)
    return {
        "turn_index": columns.whole(found.turn, pa.int32()),
        "exchange_index": columns.whole(found.exchange, pa.int32()),
        "created_at": columns.times(own.created),
        "completed_at": columns.times(own.completed),
        "input_tokens": columns.whole(own.tokens_in, pa.int64(), blank),
        "output_tokens": columns.whole(own.tokens_out, pa.int64(), ~own.usage),
        # Whole milliseconds towards zero, as // of SQL.
        "latency_ms": columns.whole(np.sign(lasted) * (np.abs(lasted) // 1000), pa.int64(), ~timed),
    }


def _said(block: Block, own: Rows, schema: pa.Schema) -> dict[str, pa.Array]:
    """What was said, and what classifiers said of it."""
    about = unified.metadata(own)
    return {
        "message_id": columns.hex16(own.message),
        "text": content.first_text(block, own),
        "topic": about["topic"],
        "dialogue_act": columns.words(np.where(own.role == USER, own.act, -1), ACTS),
        "language": about["language"],
        "system_prompt_version": about["system_prompt_version"],
        "claims": content.claim_lists(block, own, schema.field("claims").type),
        "source_facts": content.fact_lists(block, own, schema.field("source_facts").type),
    }


def _looked_up(
    own: Rows, logged: Mapping[str, pa.Array], sides: Mapping[str, pa.Table], models: Fleet
) -> dict[str, pa.Array]:
    """Who it was and what answered."""
    known = resolve.begun(logged["conversation_id"], sides["conversations"])
    arrived = own.ingested_ms * 1000
    # A row that lost its conversation has only its own user_ref.
    ref = pc.if_else(pc.is_null(logged["conversation_id"]), logged["user_ref"], known.ref)
    region = np.asarray(pc.fill_null(pc.index_in(logged["region"], pa.array(REGIONS, pa.string())), 0))
    clock = _first_known(own.completed, own.created, known.started, arrived)
    version = resolve.served(own.model, region, clock, models, sides["model_releases"])
    return {
        "user_id": resolve.user_ids(ref, _first_known(known.started, arrived), sides["users"]),
        "model_version": columns.words(version, models.names),
    }


def _labelled(own: Rows, labels: pa.Table) -> dict[str, pa.Array]:
    """The label in force."""
    message, row = resolve.in_force(labels)
    place = places(own.message, message)
    label = np.where(place < 0, -1, row[place]) if len(row) else place
    risk = np.asarray(pc.fill_null(columns.taken(labels["risk"].combine_chunks(), label), -1))
    return {
        "risk": columns.words(risk, RISKS),
        "risk_source": columns.taken(labels["source"].combine_chunks(), label),
    }


def _first_known(*times: Whole) -> Whole:
    found = times[-1]
    for earlier in reversed(times[:-1]):
        found = np.where(earlier == NULL, found, earlier)
    return found
