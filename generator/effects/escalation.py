"""Attacks that climb from low to high risk within three user turns, above what chance does."""

from __future__ import annotations

from generator.block import Window
from generator.effects import Effect, Planted


def planted(_: Window) -> Planted:
    """How many conversations: the ledger's rows of the kind attack."""
    return {"conversations": "ledger:attack"}


EFFECT = Effect(
    name="escalation",
    what="some conversations climb from low to high risk within three user turns on purpose",
    hidden_by="conversations with both risks in any order, of which chance makes many",
    planted=planted,
)
