"""A call that failed: what a log holds of it, and what it does not."""

from __future__ import annotations

from typing import Any

import numpy as np

from generator import lanes
from generator.block import MISSING, Rows
from generator.lanes import Keys, Whole

FAILURES = np.array([429, 500, 529], dtype=np.int64)
WEIGHTS = (5, 3, 2)
NO_TTFT = -(2**31)


def drawn_status(keys: Keys) -> Whole:
    """In which status each call failed: half of them were too many."""
    return FAILURES[lanes.choose(keys, "exchange/status", WEIGHTS)]


def failure(rows: Rows, status: Whole) -> dict[str, Any]:
    """What replaces columns of the rows when their calls end so: nothing was said, declined, claimed or counted."""
    zero = np.zeros(len(rows.key), dtype=np.int64)
    none = zero - 1
    return {
        "status": status,
        "content": zero + MISSING,
        "refused": np.zeros(len(rows.key), dtype=np.bool_),
        "stop": none,
        "claims": none,
        "facts": none,
        "ttft_ms": zero + NO_TTFT,
        "tokens_in": zero,
        "tokens_out": zero,
        "thinking": zero,
        "cache_read": np.minimum(rows.cache_read, 0),
        "cache_creation": np.minimum(rows.cache_creation, 0),
    }
