"""Units that met two arms of one experiment."""

from __future__ import annotations

from generator.block import Window
from generator.effects import Effect, Planted


def planted(_: Window) -> Planted:
    """How many units, over all experiments: the ledger's rows of the kind crossover."""
    return {"units": "ledger:crossover"}


EFFECT = Effect(
    name="crossover",
    what="1.5 % of an experiment's units were seen in two of its arms",
    hidden_by="the sum of the arms' units, which looks like more units; repeated exposures counted as units",
    planted=planted,
)
