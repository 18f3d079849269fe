"""What turns look up in the side tables: who a user_ref was, which label is in force, what an alias meant.

The same joins as derive/turns.sql, over arrays; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator import columns
from generator.block import NULL, REGIONS
from generator.fleet import Fleet
from generator.lanes import Whole
from generator.ranking import firsts, ranked

SERVING = ("launch", "rollback")
FOREVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Begun:
    """For each turn, what the conversations table says of its conversation: user_ref and start, NULL without one."""

    ref: pa.StringArray
    started: Whole


def begun(conversation: pa.StringArray, conversations: pa.Table) -> Begun:
    """The conversations of turns, by their ids."""
    place = pc.index_in(conversation, conversations["conversation_id"].combine_chunks())
    started = conversations["started_at"].combine_chunks().take(place)
    return Begun(conversations["user_ref"].combine_chunks().take(place), moments(started))


def user_ids(ref: pa.StringArray, moment: Whole, users: pa.Table) -> pa.StringArray:
    """Who each user_ref was at a moment; NULL for nobody."""
    known = users["user_ref"].combine_chunks().dictionary_encode()
    code, since = np.asarray(known.indices), moments(users["valid_from"])
    until = moments(users["valid_to"])
    until = np.where(until == NULL, FOREVER, until)
    order = ranked(code, since)
    count = np.bincount(code, minlength=len(known.dictionary))
    first = np.cumsum(count) - count
    asked = np.asarray(pc.fill_null(pc.index_in(ref, known.dictionary), -1))
    found = np.full(len(asked), -1, dtype=np.int64)
    for period in range(count.max(initial=0)):
        candidate = order[np.minimum(first[asked] + period, len(order) - 1)]
        fits = (asked >= 0) & (period < count[asked]) & (since[candidate] <= moment) & (moment < until[candidate])
        found = np.where(fits, candidate, found)
    return columns.taken(users["user_id"].combine_chunks(), found)


def in_force(labels: pa.Table) -> tuple[pa.StringArray, Whole]:
    """The messages that are labelled, and the row of the newest label that nothing has replaced."""
    replaced = pc.is_in(labels["label_id"], labels["supersedes_id"].combine_chunks().drop_null())
    good = pc.and_(pc.equal(labels["target_type"], "message"), pc.invert(replaced))
    row = np.flatnonzero(np.asarray(good))
    chosen = labels.take(pa.array(row))
    message = columns.numbers(chosen["message_id"].combine_chunks())
    label = columns.numbers(chosen["label_id"].combine_chunks())
    newest = firsts((message,), -moments(chosen["available_at"]), label)
    return message[newest], row[newest]


def served(model: Whole, region: Whole, clock: Whole, models: Fleet, releases: pa.Table) -> Whole:
    """The code of the version behind each model name: an alias is the release in force there and then."""
    found = model.copy()
    split = len(models.names) - models.aliases
    for (alias, place), (since, version) in _launches(models, releases).items():
        here = np.flatnonzero((model == alias + split) & (region == place))
        last = np.searchsorted(since, clock[here], side="right") - 1
        found[here] = np.where(last >= 0, version[last], model[here])
    return found


def moments(times: pa.Array | pa.ChunkedArray) -> Whole:
    """Microseconds since 1970; NULL stays NULL."""
    plain = times.combine_chunks() if isinstance(times, pa.ChunkedArray) else times
    return np.asarray(pc.fill_null(plain.cast(pa.int64()), NULL))


def _launches(models: Fleet, releases: pa.Table) -> dict[tuple[int, int], tuple[Whole, Whole]]:
    """For each alias and region, when each version came into force, in order; of two at once the later name."""
    names = list(models.names)
    split = len(names) - models.aliases
    since = moments(releases["valid_from"]).tolist()
    found: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for row, release in enumerate(releases.select(["alias", "model_version", "region", "kind"]).to_pylist()):
        if release["kind"] in SERVING:
            key = (names.index(release["alias"]) - split, REGIONS.index(release["region"]))
            found.setdefault(key, []).append((since[row], release["model_version"]))
    return {
        key: (
            np.array([moment for moment, _ in sorted(rows)], dtype=np.int64),
            np.array([names.index(version) for _, version in sorted(rows)], dtype=np.int64),
        )
        for key, rows in found.items()
    }
