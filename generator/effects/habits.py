"""Outcomes that belong to people: refusals and challenges cluster by user and by conversation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator import lanes
from generator.block import Window
from generator.effects import Effect, Planted
from generator.lanes import Keys


@dataclass(frozen=True, slots=True)
class Habit:
    """How much likelier than usual an outcome is, in hundredths, with the weight of each; the means are 100."""

    users: tuple[tuple[int, int], ...]
    conversations: tuple[tuple[int, int], ...]


# Refusals are rare, so that it takes few people with many of them to reach the same correlation.
HABITS = {
    "refusal": Habit(users=((10, 90), (900, 10)), conversations=((50, 60), (100, 30), (400, 10))),
    "challenge": Habit(users=((50, 70), (217, 30)), conversations=((80, 70), (146, 30))),
}


def factor(outcome: str, users: Keys, conversations: Keys) -> NDArray[np.float64]:
    """By how much an outcome is likelier: one row a conversation, with the key of its user."""
    habit = HABITS[outcome]
    of_user = _drawn(users, f"habit/user/{outcome}", habit.users)
    return of_user * _drawn(conversations, f"habit/conversation/{outcome}", habit.conversations)


def _drawn(keys: Keys, name: str, choices: tuple[tuple[int, int], ...]) -> NDArray[np.float64]:
    factors, weights = zip(*choices, strict=True)
    found: NDArray[np.float64] = np.array(factors)[lanes.choose(keys, name, weights)] / 100
    return found


def planted(_: Window) -> Planted:
    """The ratio of standard errors is that of the practice log; it moves with the number of users."""
    return {"clustered_to_row_standard_error": 3.0, "lowest": 2.5, "highest": 3.5}


EFFECT = Effect(
    name="habits",
    what="the share of refused answers: its standard error by user is three times that by row",
    hidden_by="a standard error that takes answers, or conversations, for independent",
    planted=planted,
)
