"""Answers that nobody was shown: the shadow arm has no votes, although its requests have."""

from __future__ import annotations

from generator.block import Window
from generator.effects import Effect, Planted


def planted(_: Window) -> Planted:
    """Votes on answers of the shadow arm that were shown."""
    return {"votes": 0}


EFFECT = Effect(
    name="shadow_traffic",
    what="every exposure to the shadow arm of exp_max_shadow is a shadow: another model's answer was shown",
    hidden_by="votes joined by request, which were given for the answer that was shown",
    planted=planted,
)
