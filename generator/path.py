"""The active path: which deliveries of a block become turns, and where they stand in their conversation.

The same steps as derive/turns.sql, over arrays: the newest delivery of each message, the last attempt of each
call, then the tree from the leaf that the user sees up to the root. A test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator.block import ASSISTANT, NULL, SYSTEM, USER, Block, Rows
from generator.lanes import Flags, Keys, Whole
from generator.ranking import firsts, numbered, places, ranked
from generator.unified import request_numbers

DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class Active:
    """The rows of the block that are turns, in order of their message ids, and their numbers from 1."""

    row: Whole
    turn: Whole
    exchange: Whole


def active(block: Block, arrival: Whole, leaves: Keys) -> Active:
    """The turns of a block; `arrival` is ingest_seq, `leaves` the messages that conversations end in."""
    rows = block.rows
    kept = _messages(block, arrival)
    told = rows.message[kept]
    parents = np.where(rows.parent[kept] == 0, -1, places(rows.parent[kept], told))
    on, steps = _walk(places(leaves, told), parents)
    alone = _beside_the_path(rows, kept, on)
    place = np.concatenate((-steps, np.zeros(len(alone), dtype=np.int64)))
    return _numbered(block, kept[np.concatenate((on, alone))], place)


def _messages(block: Block, arrival: Whole) -> Whole:
    """One row a message and call, by message id."""
    rows = block.rows
    delivered = firsts((rows.message,), rows.version, -arrival)
    ordered, salt = request_numbers(block, delivered)
    called = firsts((ordered, salt, rows.role[delivered]), -rows.attempt[delivered], np.arange(len(delivered)))
    return delivered[np.sort(called)]


def _walk(leaves: Whole, parents: Whole) -> tuple[Whole, Whole]:
    """Every message on a path and its distance from the leaf, from 1; a cycle is walked once."""
    at = leaves[leaves >= 0]
    circling = _endless(parents)[at]
    found = [_around(leaf, parents) for leaf in at[circling].tolist()]
    at, step = at[~circling], 1
    while len(at):
        found.append((at, np.full(len(at), step)))
        at, step = parents[at], step + 1
        at = at[at >= 0]
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])


def _endless(parents: Whole) -> Flags:
    """Whether the way up from each message never ends: twice as far with every step."""
    end = len(parents)
    ahead = np.append(np.where(parents < 0, end, parents), end)
    for _ in range(DOUBLINGS):
        ahead = ahead[ahead]
    found: Flags = ahead[:-1] != end
    return found


def _around(leaf: int, parents: Whole) -> tuple[Whole, Whole]:
    seen: dict[int, None] = {}
    while leaf >= 0 and leaf not in seen:
        seen[leaf] = None
        leaf = int(parents[leaf])
    return np.array(list(seen), dtype=np.int64), np.arange(1, len(seen) + 1)


def _beside_the_path(rows: Rows, kept: Whole, on: Whole) -> Whole:
    """All of v1, which has no tree, and what lost its conversation."""
    off = np.ones(len(kept), dtype=np.bool_)
    off[on] = False
    old = rows.version[kept] == 1
    return np.flatnonzero(old | (~rows.linked[kept] & off))


def _numbered(block: Block, row: Whole, place: Whole) -> Active:
    """Rows of a conversation in order: along the path, then by call; what was removed is no turn."""
    rows = block.rows
    there = rows.deleted[row] == NULL
    row, place = row[there], place[there]
    ordered, salt = request_numbers(block, row)
    beside = place == 0
    role = np.select([rows.role[row] == SYSTEM, rows.role[row] == ASSISTANT], [0, 2], 1)
    lone = ~rows.linked[row]
    group = np.where(lone, len(block.conversations.key) + np.arange(len(row)), rows.conversation[row])
    order = ranked((group << 24) + place, ordered * beside, salt * beside, role, rows.message[row])
    turn, exchange = numbered(group[order], rows.role[row[order]] == USER)
    exchange = np.where(lone[order], 1, exchange)
    by_id = np.argsort(rows.message[row[order]], kind="stable")
    return Active(row[order][by_id], turn[by_id], exchange[by_id])
