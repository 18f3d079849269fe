"""Whether an answer is refused and a question is a challenge: where the planted effects meet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator import lanes
from generator.block import ASK, CHALLENGE, FOLLOW_UP, THANKS, Conversations, People, Window
from generator.dialogue import LOW, MEDIUM, Exchanges
from generator.effects import adaptation, habits, refusal_anomaly
from generator.lanes import Flags, Whole

REFUSAL_RATES = np.array([0.020, 0.12, 0.50])
CHALLENGE_RATE = 0.13
MOST = 0.95


def refused(said: Exchanges, found: Conversations, who: People, window: Window) -> Flags:
    """Which answers are refusals, failed ones aside: harmless questions by habit, risky ones by what was learnt."""
    harmless = np.minimum(REFUSAL_RATES[LOW] * _habit(said, found, who, "refusal"), MOST)
    harmless = np.maximum(harmless, refusal_anomaly.rate(said.answering, window))
    learnt = np.where(said.risk == MEDIUM, adaptation.factor(found)[said.conversation], 1.0)
    risky = REFUSAL_RATES[said.risk] * learnt
    return lanes.chance(said.key, "exchange/refused", np.where(said.risk == LOW, harmless, risky))


def acts(said: Exchanges, found: Conversations, who: People) -> Whole:
    """What each user message does in its conversation."""
    rate = np.minimum(CHALLENGE_RATE * _habit(said, found, who, "challenge"), MOST)
    challenged = lanes.chance(said.key, "exchange/challenges", rate)
    others = np.array([ASK, FOLLOW_UP, THANKS])[lanes.choose(said.key, "exchange/act", [24, 58, 5])]
    return np.where(said.ordinal == 0, ASK, np.where(challenged, CHALLENGE, others))


def _habit(said: Exchanges, found: Conversations, who: People, outcome: str) -> NDArray[np.float64]:
    return habits.factor(outcome, who.key[found.user], found.key)[said.conversation]
