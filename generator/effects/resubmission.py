"""People who are blocked and ask the same again at once, elsewhere; more of them every week."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.block import SECOND, Window
from generator.effects import Effect, Planted
from generator.lanes import Whole

RATE = 0.15
WITHIN_SECONDS = 600
WEEK = 7 * 86_400 * SECOND


def rate(at: Whole, usual: float, window: Window) -> NDArray[np.float64]:
    """The chance that a block is followed by a resubmission: from nearly none to twice the usual."""
    week = np.clip((at - window.start) // WEEK, 0, window.weeks - 1)
    found: NDArray[np.float64] = np.minimum(2 * usual * (week + 1) / (window.weeks + 1), 1.0)
    return found


def planted(window: Window) -> Planted:
    """The share of blocks that is resubmitted: over the log, in its first half and in its second."""
    later = 2 * RATE * (window.weeks * 3 // 4 + 0.5) / (window.weeks + 1)
    return {"share": RATE, "first_half": round(2 * RATE - later, 4), "second_half": round(later, 4)}


EFFECT = Effect(
    name="resubmission",
    what="15 % of blocked messages are sent again within ten minutes, in a new conversation, and ever more",
    hidden_by="the next message of the same conversation, where there is none",
    planted=planted,
)
