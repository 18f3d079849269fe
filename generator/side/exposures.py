"""exposures: who met which arm of which experiment, and when; repeats are part of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from generator import columns, lanes, trials
from generator.arrow import arrow_schema
from generator.block import ASSISTANT, Block
from generator.effects import shadow_drift
from generator.frame import take
from generator.lanes import Flags, Keys, Whole
from generator.model import tables
from generator.unified import request_ids
from generator.vocabulary import read
from generator.world import refs

LOST_RATE, DOUBLED_RATE, REPEATED_RATE = 0.20, 0.25, 0.12
NOT_AS_ASSIGNED, UNKNOWN_VERSION, NOBODY = 0.02, 0.01, 0.02


def draw(block: Block) -> pa.Table:
    """All exposures of a block, in no particular order."""
    parts = [_of(block, experiment) for experiment in read("experiments")["experiment"]]
    return pa.concat_tables(parts).combine_chunks()


def _of(block: Block, experiment: dict[str, Any]) -> pa.Table:
    """One experiment: a row for every time that a unit met it."""
    met = _meetings(block, experiment["unit"])
    trial = trials.trial(experiment["id"])
    begins, ends = trial.span(block.window)
    inside = np.flatnonzero((met.at >= begins) & (met.at < ends))
    at, unit_key, arm = met.at[inside], trial.units(met.unit[inside]), trial.arms(met.unit[inside])
    treated = arm == len(experiment["arms"]) - 1
    each = lanes.child(unit_key, at % 2**31)
    kept, again = _logged(experiment, unit_key, each, treated)
    if experiment.get("shadow"):
        kept &= ~treated | shadow_drift.mirrored(each, met.topic[inside], at, block.window)
    row = np.repeat(np.arange(len(inside)), kept * (1 + again))
    later = np.concatenate(([0], (row[1:] == row[:-1]) * 1)) if len(row) else row
    key = lanes.child(each[row], later)
    moment = at[row] + later * (1_000_000 + lanes.below(key, "exposure/again", 3_600) * 1_000_000)
    moment = np.minimum(moment, ends - 1)
    return _rows(
        block,
        experiment,
        key=key,
        arm=arm[row],
        at=moment,
        conversation=met.conversation[inside][row],
        ids=met.ids.take(pa.array(inside[row])),
    )


@dataclass(frozen=True, slots=True)
class Meetings:
    """One row a moment at which a unit could meet an experiment; `topic` is that of a request, else -1."""

    conversation: Whole
    at: Whole
    unit: Keys
    ids: pa.StringArray
    topic: Whole


def _meetings(block: Block, unit: str) -> Meetings:
    found, who = block.conversations, block.people
    if unit == "request":
        rows = take(block.rows, block.rows.on_path & (block.rows.role == ASSISTANT))
        return Meetings(rows.conversation, rows.at, rows.key, request_ids(replace(block, rows=rows)), rows.topic)
    everyone, unknown = np.arange(len(found.key)), np.full(len(found.key), -1)
    if unit == "conversation":
        return Meetings(everyone, found.starts, found.key, columns.hex16(found.key), unknown)
    ids = columns.taken(refs(who.ref_kind, who.ref), found.user)
    return Meetings(everyone, found.starts, who.ref[found.user], ids, unknown)


def _logged(experiment: dict[str, Any], unit: Keys, each: Keys, treated: Flags) -> tuple[Flags, Flags]:
    """Which meetings are logged at all, and which are logged twice: see vocab/experiments.toml for the flaws."""
    flaw = experiment["flaw"]
    lost = lanes.chance(unit, "exposure/lost", LOST_RATE) & treated & (flaw in ("lost", "hidden"))
    again = lanes.chance(each, "exposure/repeated", REPEATED_RATE)
    if flaw in ("hidden", "doubled"):
        again = again | (treated & lanes.chance(each, "exposure/doubled", DOUBLED_RATE))
    return ~lost, again


def _rows(
    block: Block,
    experiment: dict[str, Any],
    *,
    key: Keys,
    arm: Whole,
    at: Whole,
    conversation: Whole,
    ids: pa.StringArray,
) -> pa.Table:
    arms, who, count = experiment["arms"], block.people, len(key)
    person = block.conversations.user[conversation]
    served = np.where(lanes.chance(key, "exposure/misrouted", NOT_AS_ASSIGNED), (arm + 1) % len(arms), arm)
    served = np.where(lanes.chance(key, "exposure/unknown", UNKNOWN_VERSION), -1, served)
    hidden = lanes.chance(key, "exposure/nobody", NOBODY)
    shadow = (arm == len(arms) - 1) & bool(experiment.get("shadow"))
    table = pa.Table.from_pydict(
        {
            "experiment_id": columns.words(np.zeros(count, dtype=np.int64), (experiment["id"],)),
            "unit_type": columns.words(np.zeros(count, dtype=np.int64), (experiment["unit"],)),
            "unit_id": ids,
            "user_ref": columns.taken(refs(who.ref_kind, who.ref), np.where(hidden, -1, person)),
            "arm": columns.words(arm, [arm["name"] for arm in arms]),
            "exposed_at": columns.times(at),
            "is_shadow": columns.flags(shadow),
            "served_version": columns.words(served, [arm["version"] for arm in arms]),
        },
        schema=arrow_schema(tables()["exposures"]),
    )
    return table.take(pa.array(np.argsort(key, kind="stable")))
