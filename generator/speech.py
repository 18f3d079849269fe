"""The words: each message is a few sentences of a pool, taken at once and cut at the messages' bounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from generator import columns, lanes
from generator.block import ACTS, ASK, ASSISTANT, SYSTEM, TOOL
from generator.lanes import Flags, Keys, Whole
from generator.vocabulary import pool, read

GROUPS_PER_TOPIC = ("ask", "answer")


@dataclass(frozen=True, slots=True)
class Said:
    """What decides the words of a message; `claim` is the sentence of its first claim, -1 without one."""

    key: Keys
    role: Whole
    topic: Whole
    act: Whole
    language: Whole
    refused: Flags
    claim: Whole


@dataclass(frozen=True, slots=True)
class Spoken:
    """The text of each message and a number that equal texts share."""

    texts: pa.StringArray
    hashes: Keys


def speak(said: Said) -> Spoken:
    """One text a row."""
    count = _lengths(said)
    ends = np.cumsum(count)
    place, owner = columns.spans(ends - count, count)
    nth = place - (ends - count)[owner]
    first, size = _groups(said)
    last = nth == count[owner] - 1
    # A stride past the variants of one template, so that a message does not say the same thing twice.
    stride = 29 + lanes.below(said.key, "speech/stride", 24)
    start = lanes.below(said.key, "speech/sentence", size)
    sentence = first[owner] + (start[owner] + nth * stride[owner]) % size[owner]
    claimed: Whole = np.where(last & (said.claim[owner] >= 0), said.claim[owner], sentence).astype(np.int64)
    return _cut(claimed, last, ends, nth)


def sentences(key: Keys, name: str, group: str) -> Whole:
    """Indices of single, closed sentences of a group in the pool."""
    first, size = pool().groups[group]
    return pool().closed + first + lanes.below(key, name, size)


def _cut(sentence: Whole, last: Flags, ends: Whole, nth: Whole) -> Spoken:
    flat = pool().sentences.take(pa.array(np.where(last, sentence + pool().closed, sentence)))
    bounds = np.frombuffer(flat.buffers()[1], dtype=np.int32)[: len(flat) + 1]
    offsets = bounds[np.concatenate(([0], ends))].astype(np.int32)
    texts = pa.StringArray.from_buffers(len(ends), pa.py_buffer(offsets), flat.buffers()[2])
    parts = lanes.mix((sentence * 64 + nth).astype(np.uint64))
    starts = np.concatenate(([0], ends[:-1])) if len(ends) else np.zeros(0, dtype=np.int64)
    hashes = np.bitwise_xor.reduceat(parts, starts) if len(ends) else parts
    return Spoken(texts=texts, hashes=lanes.mix(hashes))


def _lengths(said: Said) -> Whole:
    asks = 1 + lanes.choose(said.key, "speech/asks", [40, 38, 22])
    answers = 2 + lanes.choose(said.key, "speech/answers", [40, 35, 25])
    count = np.where(said.role == ASSISTANT, np.where(said.refused, 1, answers), asks)
    return np.where((said.role == TOOL) | (said.role == SYSTEM) | (said.act > ASK), 1, count)


def _groups(said: Said) -> tuple[Whole, Whole]:
    """The pool's group that each message draws from, as first index and size."""
    names, spans = _directory()
    by_topic = names["ask"] + np.where(said.role == ASSISTANT, 1, 0) * len(read("topics")["topic"]) + said.topic
    group = np.where(said.act > ASK, names["follow_up"] + said.act - 1, by_topic)
    foreign = said.language > 0
    group = np.where(foreign, names["foreign"] + said.language - 1, group)
    group = np.where(said.refused & (said.role == ASSISTANT), names["refusal"], group)
    group = np.where(said.role == TOOL, names["tool_result"], np.where(said.role == SYSTEM, names["system"], group))
    return spans[group, 0], spans[group, 1]


@cache
def _directory() -> tuple[dict[str, int], lanes.Whole]:
    """Where each family of groups begins in the list of spans."""
    topics = [topic["name"] for topic in read("topics")["topic"]]
    languages = [spoken["code"] for spoken in read("places")["language"] if spoken["code"] != "en"]
    order = [f"{kind}/{topic}" for kind in GROUPS_PER_TOPIC for topic in topics]
    order += [*ACTS[1:], *(f"foreign/{code}" for code in languages), "refusal", "tool_result", "system"]
    names = {"ask": 0, "follow_up": order.index("follow_up"), "foreign": order.index(f"foreign/{languages[0]}")}
    names |= {name: order.index(name) for name in ("refusal", "tool_result", "system")}
    return names, np.array([pool().groups[name] for name in order], dtype=np.int64)
