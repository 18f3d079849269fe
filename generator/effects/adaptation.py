"""People who learn what is refused: the more conversations they had, the less often they ask it that way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.block import Conversations, Window
from generator.effects import Effect, Planted
from generator.lanes import Whole

# The chance of a refusal of a risky question in a user's first, second, third and every later conversation.
FACTORS = np.array([1.8, 1.3, 0.9, 0.6])


def experience(found: Conversations) -> Whole:
    """How many conversations each conversation's user had begun before it."""
    order = np.lexsort((found.starts, found.user))
    counts = np.bincount(found.user[order]) if len(order) else np.zeros(0, dtype=np.int64)
    before = np.empty(len(order), dtype=np.int64)
    before[order] = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    return before


def factor(found: Conversations) -> NDArray[np.float64]:
    """By how much a refusal of a risky question is likelier in each conversation."""
    learnt: NDArray[np.float64] = FACTORS[np.minimum(experience(found), len(FACTORS) - 1)]
    return learnt


def planted(_: Window) -> Planted:
    """Refusals of medium-risk questions from the fourth conversation on, over those in the first."""
    return {"later_to_first": FACTORS[-1] / FACTORS[0]}


EFFECT = Effect(
    name="adaptation",
    what="medium-risk questions are refused a third as often from a user's fourth conversation on",
    hidden_by="weeks: in each there are newcomers, and by calendar little changes",
    planted=planted,
)
