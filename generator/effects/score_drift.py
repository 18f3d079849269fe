"""Scores that rise by a tenth at the classifiers' cutover, although people write what they wrote before."""

from __future__ import annotations

from generator.block import Window
from generator.effects import Effect, Planted, moment

HUNDREDTH = 58
RISE_PERCENT = 10


def cutover(window: Window) -> int:
    """When the second version of each classifier takes over, in microseconds since 1970."""
    return window.start + (window.end - window.start) * HUNDREDTH // 100


def planted(window: Window) -> Planted:
    """The mean score of a message by the second version over that by the first."""
    return {"cutover": moment(cutover(window)), "ratio": 1 + RISE_PERCENT / 100}


EFFECT = Effect(
    name="score_drift",
    what="moderation and toxicity scores rise by a tenth at a cutover",
    hidden_by="flagged messages, which stay as many because the threshold moved along",
    planted=planted,
)
