"""enforcement_actions: what was done about risky messages, conversations and users."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from generator import columns, lanes
from generator.arrow import arrow_schema
from generator.block import USER, Block, Rows
from generator.frame import take
from generator.lanes import Whole
from generator.model import tables
from generator.world import refs

TARGETS = ("message", "conversation", "user")
ACTIONS = ("warn", "block", "throttle", "ban")
BLOCK = ACTIONS.index("block")
TRIGGERS = ("classifier", "report", "review")
RATES = np.array([0.0008, 0.05, 0.35])


@dataclass(frozen=True, slots=True)
class Actions:
    """One row an action: the message that set it off, its target, what was done, by what and when."""

    rows: Rows
    target: Whole
    action: Whole
    trigger: Whole
    acted: Whole


def taken(block: Block) -> Actions:
    """The actions on a block's messages, mostly on high-risk user messages."""
    rows = take(block.rows, block.rows.on_path & (block.rows.role == USER))
    rows = take(rows, lanes.chance(rows.key, "action/any", RATES[np.maximum(rows.risk, 0)]))
    key = rows.key ^ lanes.lane("action")
    target = lanes.choose(key, "action/target", [72, 14, 14])
    hidden = block.conversations.anonymous[rows.conversation]
    target = np.where(hidden & (target == 2), 0, target)
    trigger = lanes.choose(key, "action/trigger", [78, 12, 10])
    waited = np.where(
        trigger == 0, lanes.below(key, "action/soon", 90), 3_600 + lanes.below(key, "action/later", 400_000)
    )
    acted = rows.at + waited * 1_000_000 + lanes.below(key, "action/us", 1_000_000)
    mild = lanes.choose(key, "action/mild", [45, 55])
    action = np.where(target == 2, 2 + lanes.below(key, "action/harsh", 2), mild)
    return Actions(rows=rows, target=target, action=action, trigger=trigger, acted=acted)


def draw(block: Block) -> pa.Table:
    """The actions that were taken before the log was read out, by acted_at."""
    found, who = taken(block), block.people
    rows, target, trigger, acted = found.rows, found.target, found.trigger, found.acted
    key, person = rows.key ^ lanes.lane("action"), block.conversations.user[rows.conversation]
    ids = [
        columns.hex16(rows.message),
        columns.hex16(block.conversations.key[rows.conversation]),
        refs(who.ref_kind[person], who.ref[person]),
    ]
    table = pa.Table.from_pydict(
        {
            "action_id": columns.prefixed("act_", lanes.bits(key, "action/id")),
            "target_type": columns.words(target, TARGETS),
            "target_id": pa.compute.choose(pa.array(target), *ids),
            "action": columns.words(found.action, ACTIONS),
            "trigger": columns.words(np.where(lanes.chance(key, "action/unknown", 0.03), -1, trigger), TRIGGERS),
            "acted_at": columns.times(acted),
        },
        schema=arrow_schema(tables()["enforcement_actions"]),
    )
    table = table.filter(pa.array(acted < block.window.extracted))
    return table.sort_by([("acted_at", "ascending"), ("action_id", "ascending")])
