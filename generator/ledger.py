"""The ledger: what was injected where; it lies beside the data and never enters the learner's database.

One row is one id that a kind touched: `chosen` where its own draw fell on the id, else the id changed
along with a chosen one. The chosen ids over the kind's denominator are its rate.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
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
        pa.field("chosen", pa.bool_(), nullable=False),
    ]
)


def noted(block: Block, kind: str, table: str, ids: Keys | pa.StringArray, *, chosen: bool = True) -> Block:
    """The block with one ledger row for each id that a kind chose, or that changed along with a chosen one."""
    texts = ids if isinstance(ids, pa.Array) else columns.hex16(ids)
    if len(texts) == 0:
        return block
    return replace(block, ledger=(*block.ledger, Touched(kind, table, texts, chosen)))


def ledger_table(block: Block) -> pa.Table:
    """All ledger rows of a block."""
    noted_down = block.ledger
    if not noted_down:
        return SCHEMA.empty_table()
    which = np.repeat(np.arange(len(noted_down)), [len(touched.ids) for touched in noted_down])
    arrays = [
        columns.words(which, [touched.kind for touched in noted_down]),
        columns.words(which, [touched.table for touched in noted_down]),
        pa.concat_arrays([touched.ids for touched in noted_down]),
        pa.array(np.array([touched.chosen for touched in noted_down])[which]),
    ]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)
