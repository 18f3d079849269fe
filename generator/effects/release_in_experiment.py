"""An experiment whose treatment works with the old version only, and a release in its middle."""

from __future__ import annotations

import numpy as np

from generator import trials
from generator.block import Window
from generator.effects import Effect, Planted
from generator.lanes import Keys, Whole

EXPERIMENT = "exp_shorter_answers"
# Tokens of an answer by the old version, in percent of the usual: control, then treated.
PERCENT = np.array([125, 75], dtype=np.int64)


def shortened(tokens: Whole, unit: Keys, started: Whole, version: Whole, window: Window) -> Whole:
    """The tokens of answers: shorter for the treated and longer for the others, with the old version only."""
    trial = trials.trial(EXPERIMENT)
    begins, ends = trial.span(window)
    here = (version == trial.versions[0]) & (started >= begins) & (started < ends)
    return np.where(here, np.maximum(tokens * PERCENT[trial.arms(unit)] // 100, np.minimum(tokens, 1)), tokens)


def planted(_: Window) -> Planted:
    """Relative differences of output tokens, treated against control, by version."""
    return {"old_version": PERCENT[1] / PERCENT[0] - 1, "new_version": 0.0}


EFFECT = Effect(
    name="release_in_experiment",
    what="answers of the treated arm of exp_shorter_answers are 40 % shorter, but with the old version only",
    hidden_by="arms compared over all versions and models; addresses that stand for many people",
    planted=planted,
)
