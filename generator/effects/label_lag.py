"""People's labels that arrive days after the message."""

from __future__ import annotations

from generator.block import Window
from generator.effects import Effect, Planted


def planted(_: Window) -> Planted:
    """The median lag of people's labels."""
    return {"human_median_hours": 40}


EFFECT = Effect(
    name="label_lag",
    what="half of the labels by people arrive more than 40 hours after the message",
    hidden_by="the mean, which a tail of weeks pulls up; the last days, whose slow labels are not there yet",
    planted=planted,
)
