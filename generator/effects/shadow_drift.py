"""Shadow traffic whose input drifts: another part of the topics is mirrored as the shadow goes on."""

from __future__ import annotations

import numpy as np

from generator import lanes, trials
from generator.block import Window
from generator.effects import Effect, Planted
from generator.lanes import Flags, Keys, Whole
from generator.vocabulary import read

EXPERIMENT = "exp_max_shadow"
DRIFTING = "coding"
# Of a topic's requests in the shadow arm, the share that is mirrored: first half, second half.
COMMON, RISING = (0.6, 0.4), (0.15, 0.9)


def mirrored(each: Keys, topic: Whole, at: Whole, window: Window) -> Flags:
    """Which requests of the shadow arm are answered by the shadow model too."""
    begins, ends = trials.trial(EXPERIMENT).span(window)
    later = (at >= (begins + ends) // 2).astype(np.int64)
    rate = np.where(topic == _drifting(), np.array(RISING)[later], np.array(COMMON)[later])
    return lanes.chance(each, "shadow/mirrored", rate)


def _drifting() -> int:
    return [topic["name"] for topic in read("topics")["topic"]].index(DRIFTING)


def planted(_: Window) -> Planted:
    """The drifting topic's share of the mirrored requests with a known topic, in either half."""
    weights = {topic["name"]: topic["weight"] for topic in read("topics")["topic"]}
    usual = weights[DRIFTING] / sum(weights.values())
    shares = [
        usual * rising / (usual * rising + (1 - usual) * common) for rising, common in zip(RISING, COMMON, strict=True)
    ]
    return {"topic": DRIFTING, "first_half": round(shares[0], 4), "second_half": round(shares[1], 4)}


EFFECT = Effect(
    name="shadow_drift",
    what="coding questions are a small part of what the shadow model sees at first, and a large one later",
    hidden_by="all requests of the experiment: the live traffic does not drift",
    planted=planted,
)
