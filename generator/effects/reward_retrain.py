"""A retrained reward model that likes every answer more: both arms of each experiment jump."""

from __future__ import annotations

from generator.block import Window
from generator.effects import Effect, Planted, moment
from generator.effects.score_drift import cutover

SHIFT = 350_000
"""In millionths."""


def planted(window: Window) -> Planted:
    """The jump of all scores, and what the arm `gentle` of exp_new_refusals does to them."""
    return {"retrain": moment(cutover(window)), "jump": SHIFT / 1_000_000, "effect_of_treatment": 0.0}


EFFECT = Effect(
    name="reward_retrain",
    what="reward scores rise by 0.35 when the reward model is retrained, in all arms alike",
    hidden_by="the treated arm before and after, read as an effect of the treatment",
    planted=planted,
)
