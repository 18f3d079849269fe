"""Hours in which one model in one region answers nobody."""

from __future__ import annotations

import numpy as np

from generator import lanes
from generator.block import ASSISTANT, SECOND, Block
from generator.failure import FAILURES, failure
from generator.inject import changed
from generator.lanes import Keys, Whole
from generator.mess import Kind, Stage

HOUR_SECONDS = 3_600
OF_THE_SERVER = FAILURES[FAILURES >= 500]
WEIGHTS = (3, 2)


def apply(block: Block, rate: float) -> Block:
    """Let all calls of a model in a region fail while it is out; what had failed on the server is as it was."""
    rows = block.rows
    hours = _hours(rows.model, block.conversations.region[rows.conversation], rows.at)
    touched = lanes.chance(hours, "mess/outage", rate) & (rows.role == ASSISTANT) & (rows.status < OF_THE_SERVER.min())
    status = OF_THE_SERVER[lanes.choose(rows.key, "mess/outage/status", WEIGHTS)]
    return changed(block, KIND.name, touched, **failure(rows, status))


def _hours(model: Whole, region: Whole, at: Whole) -> Keys:
    """A key for each hour of a model in a region; each pair has its own minute at which its hours begin."""
    place = lanes.child(lanes.child(np.zeros(len(at), dtype=np.uint64), model), region)
    begins = lanes.below(place, "mess/outage/begins", HOUR_SECONDS)
    return lanes.child(place, (at // SECOND + begins) // HOUR_SECONDS)


KIND = Kind(
    name="outage",
    stage=Stage.LASTING,
    rate=0.0005,
    of="hours of a model in a region",
    denominator="SELECT count(*) FROM message_events WHERE role = 'assistant' AND status < 500",
    what="every call of one model in one region fails with 500 or 529 for an hour",
    punishes="failures taken for independent; a success rate read without its runs",
    seen="status pages: elevated errors for one model in one region",
    undone_by="nothing",
    apply=apply,
    order=6,
)
