"""The ledger: what was injected where; it lies beside the data and never enters the learner's database."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from generator import columns
from generator.block import Block, Touched
from generator.lanes import Keys

LEDGER = "ledger"
SCHEMA = pa.schema(
    [
        pa.field("kind", pa.string(), nullable=False),
        pa.field("table", pa.string(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
    ]
)


def noted(block: Block, kind: str, table: str, ids: Keys | pa.StringArray) -> Block:
    """The block with one ledger row for each id that a kind touched."""
    texts = ids if isinstance(ids, pa.Array) else columns.hex16(ids)
    if len(texts) == 0:
        return block
    return replace(block, ledger=(*block.ledger, Touched(kind, table, texts)))


def ledger_table(block: Block) -> pa.Table:
    """All ledger rows of a block."""
    parts = [
        pa.Table.from_arrays(
            [pa.array([touched.kind] * len(touched.ids)), pa.array([touched.table] * len(touched.ids)), touched.ids],
            schema=SCHEMA,
        )
        for touched in block.ledger
    ]
    return pa.concat_tables(parts) if parts else SCHEMA.empty_table()
