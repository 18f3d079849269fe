"""Summaries that got better while they seemed to get worse: sources became longer at the same time."""

from __future__ import annotations

import numpy as np

from generator import lanes
from generator.block import Window
from generator.effects import Effect, Planted, moment
from generator.lanes import Flags, Keys, Whole

HUNDREDTH = 50
# Facts of a source, short or long; the share of long ones before and after the release.
FACTS, LONG = np.array([2, 6], dtype=np.int64), (0.25, 0.75)
# A fact of a short or a long source is left out; a claim that no source supports is added, of two that could be.
OMITTED = np.array([[0.12, 0.40], [0.04, 0.32]])
INVENTED, EXTRAS = (0.04, 0.10), 2


def release(window: Window) -> int:
    """When the summariser was replaced, in microseconds since 1970."""
    return window.start + (window.end - window.start) * HUNDREDTH // 100


def facts(keys: Keys, later: Flags) -> Whole:
    """How many facts each source states."""
    return FACTS[_long(keys, later)]


def kept(keys: Keys, owner: Keys, later: Flags) -> Flags:
    """Which facts a summary repeats; `owner` is the key of the summary."""
    rate = OMITTED[later.astype(np.int64), _long(owner, later)]
    return ~lanes.chance(keys, "summary/omitted", rate)


def invented(keys: Keys, later: Flags) -> Flags:
    """Which of the claims that no source supports are made."""
    return lanes.chance(keys, "summary/invented", np.array(INVENTED)[later.astype(np.int64)])


def _long(keys: Keys, later: Flags) -> Whole:
    return lanes.chance(keys, "summary/long", np.array(LONG)[later.astype(np.int64)]).astype(np.int64)


def planted(window: Window) -> Planted:
    """Changes at the release: of omitted facts within sources of one length, of unsupported claims a summary."""
    return {
        "release": moment(release(window)),
        "omission_change": round(float(OMITTED[1, 0] - OMITTED[0, 0]), 4),
        "unsupported_change": round((INVENTED[1] - INVENTED[0]) * EXTRAS, 4),
    }


EFFECT = Effect(
    name="summaries",
    what="since the middle of the log summaries omit 8 points fewer of a source's facts, and invent more",
    hidden_by="all summaries pooled: long sources, of which more is left out, tripled at the same time",
    planted=planted,
)
