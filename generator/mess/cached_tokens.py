"""Prompts of which a part came from the cache: counted beside the input in v3, inside it in v4."""

from __future__ import annotations

import numpy as np

from generator import lanes
from generator.block import ASSISTANT, Block, Rows
from generator.inject import changed, hit
from generator.lanes import Whole
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Read what was said before from the cache, and write half of the question into it."""
    rows = block.rows
    among = (rows.role == ASSISTANT) & (rows.version > 2) & (rows.status == 200)
    touched = hit(rows, "cached_tokens", rate, among)
    return changed(
        block, "cached_tokens", touched, cache_read=_said_before(rows), cache_creation=1 + rows.tokens_in // 2
    )


def _said_before(rows: Rows) -> Whole:
    """Tokens of the exchanges before, in the same conversation."""
    sizes = np.where(rows.role == ASSISTANT, rows.tokens_in + rows.tokens_out, 0)
    starts = np.flatnonzero(np.concatenate(([True], rows.conversation[1:] != rows.conversation[:-1])))
    group = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(sizes))))
    return lanes.running(sizes, starts, group) - sizes


KIND = Kind(
    name="cached_tokens",
    stage=Stage.LASTING,
    rate=0.25,
    of="answers that arrived, v3 and later",
    denominator="SELECT count(*) FROM message_events WHERE schema_version > 2 AND role = 'assistant' AND status = 200",
    what="usage has cache tokens; v3 counts them beside input_tokens, v4 inside",
    punishes="summing the parts; one formula for the cost of all versions",
    seen="prompt caching, whose fields are exclusive in one API and inclusive in another",
    undone_by="turns: input_tokens without the cached ones, whatever the version",
    apply=apply,
    order=8,
)
