"""Silences of exactly half an hour and its neighbours, one microsecond away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import NULL, SECOND, USER, Block, Rows
from generator.inject import hit, previous
from generator.lanes import Flags, Whole
from generator.ledger import noted
from generator.mess import Kind, Stage

HALF_HOUR = 1_800 * SECOND
GAPS = np.array(
    [HALF_HOUR, HALF_HOUR + 1, HALF_HOUR - 1, 2 * HALF_HOUR, 2 * HALF_HOUR + 1, 2 * HALF_HOUR - 1], dtype=np.int64
)
WEIGHTS = (26, 26, 26, 8, 7, 7)
TWO_DAYS = 2 * 86_400 * SECOND


def apply(block: Block, rate: float) -> Block:
    """Move a user row, and all after it, so that its distance to the row before is exactly a threshold."""
    rows = block.rows
    anchor = _anchor(rows)
    touched = hit(rows, "threshold_gap", rate, _movable(block, rows, anchor))
    gap = GAPS[lanes.choose(rows.key, "mess/threshold_gap/gap", WEIGHTS)]
    step = np.where(touched, anchor + gap - rows.created, 0)
    first = np.flatnonzero(previous(np.ones(len(step), dtype=np.bool_), rows.conversation, False) == 0)
    group = np.cumsum(np.concatenate(([0], (rows.conversation[1:] != rows.conversation[:-1]).astype(np.int64))))
    moved = lanes.running(step, first, group[: len(step)])
    block = noted(replace(block, rows=_shifted(rows, moved)), KIND.name, "message_events", rows.message[touched])
    return noted(block, KIND.name, "message_events", rows.message[(moved != 0) & ~touched], chosen=False)


def _anchor(rows: Rows) -> Whole:
    """From what the gap is measured: the user's last row, or the end or the start of the row before."""
    user_created = _previous_user(rows)
    ended = previous(rows.completed, rows.conversation, NULL)
    started = previous(rows.created, rows.conversation, NULL)
    which = lanes.choose(rows.key, "mess/threshold_gap/anchor", [50, 30, 20])
    return np.choose(which, [user_created, ended, started])


def _previous_user(rows: Rows) -> Whole:
    """created of the user row before, in the same conversation."""
    place = np.where(rows.role == USER, np.arange(len(rows.key)), -1)
    before = np.maximum.accumulate(np.concatenate(([-1], place[:-1]))) if len(place) else place
    same = (before >= 0) & (rows.conversation[before] == rows.conversation)
    return np.where(same, rows.created[before], NULL)


def _movable(block: Block, rows: Rows, anchor: Whole) -> Flags:
    last = np.zeros(len(block.conversations.key), dtype=np.int64)
    np.maximum.at(last, rows.conversation, rows.at)
    early = last[rows.conversation] < block.window.end - TWO_DAYS
    found: Flags = early & (rows.role == USER) & (rows.version > 1) & (rows.exchange > 0) & (anchor != NULL)
    return found


def _shifted(rows: Rows, moved: Whole) -> Rows:
    return replace(
        rows,
        at=rows.at + moved,
        created=rows.created + moved,
        completed=np.where(rows.completed == NULL, NULL, rows.completed + moved),
        call_at=rows.call_at + moved,
        ingested_ms=rows.ingested_ms + moved // 1000,
    )


KIND = Kind(
    name="threshold_gap",
    stage=Stage.LASTING,
    rate=0.02,
    of="user rows after the first, v2 and later",
    denominator="SELECT count(*) FROM message_events WHERE role = 'user' AND parent_message_id IS NOT NULL",
    what="the gap is exactly 30:00 or 60:00, or one microsecond more or less",
    punishes="> for >=; date_diff('minute'), which counts boundaries",
    seen="timers of clients and of idle time-outs",
    undone_by="nothing",
    apply=apply,
    order=24,
)
