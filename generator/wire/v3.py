"""API v3, 2025: typed content blocks, stop reasons of its own, cached tokens beside the input."""

from __future__ import annotations

import pyarrow as pa

from generator.arrow import arrow_schema
from generator.block import Block
from generator.model import tables


def landing(block: Block, events: pa.Table) -> pa.Table:
    """raw_v3: `events` are the rows of `block` in the unified schema, which grew out of this generation."""
    schema = arrow_schema(tables()["raw_v3"])
    return pa.Table.from_pydict({name: events.column(name) for name in schema.names}, schema=schema)
