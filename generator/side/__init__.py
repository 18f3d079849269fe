"""The side tables: one module each draws its table's rows for a block of users."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pyarrow as pa

from generator.block import Block
from generator.side import actions, conversations, exposures, feedback, labels, scores
from generator.world import user_table

BY_BLOCK: Mapping[str, Callable[[Block], pa.Table]] = MappingProxyType(
    {
        "classifier_scores": scores.draw,
        "conversations": conversations.draw,
        "enforcement_actions": actions.draw,
        "exposures": exposures.draw,
        "feedback": feedback.draw,
        "safety_labels": labels.draw,
        "users": lambda block: user_table(block.people, block.conversations, block.window),
    }
)
