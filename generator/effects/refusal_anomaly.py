"""A day and a half of refusals of harmless questions, which nobody filed as an incident."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.block import SECOND, Window
from generator.effects import Effect, Planted, moment
from generator.lanes import Whole

HUNDREDTH = 71
SLOT = 6 * 3_600 * SECOND
SLOTS = 6
RATE = 0.16


def span(window: Window) -> tuple[int, int]:
    """When it begins and ends, in microseconds since 1970; it begins with a slot of six hours."""
    onset = window.start + (window.end - window.start) * HUNDREDTH // 100 // SLOT * SLOT
    return onset, onset + SLOTS * SLOT


def rate(at: Whole, window: Window) -> NDArray[np.float64]:
    """The least rate at which answers are refused at each moment."""
    onset, end = span(window)
    return np.where((at >= onset) & (at < end), RATE, 0.0)


def planted(window: Window) -> Planted:
    """Its onset, also as hours since the log's first moment."""
    onset, end = span(window)
    hours = (onset - window.start) // (3_600 * SECOND)
    return {"onset": moment(onset), "end": moment(end), "onset_hours": hours, "refusal_rate": RATE}


EFFECT = Effect(
    name="refusal_anomaly",
    what="harmless questions are refused for 36 hours",
    hidden_by="days compared with the mean of the whole log, the anomaly included; slots with few answers",
    planted=planted,
)
