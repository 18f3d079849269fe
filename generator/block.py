"""The block: all that is known of 2,000 users while their part of the log is made.

Numbers stand for words until the very end: codes index the tuples below, 64-bit numbers become ids of
16 hex digits, times are microseconds since 1970 UTC. `NULL` marks a missing time, -1 a missing code,
0 a missing id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from generator.lanes import Flags, Keys, Whole

NULL = np.iinfo(np.int64).min
SECOND = 1_000_000

ROLES = ("user", "assistant", "tool", "system")
USER, ASSISTANT, TOOL, SYSTEM = range(4)
ACTS = ("ask", "follow_up", "challenge", "thanks")
ASK, FOLLOW_UP, CHALLENGE, THANKS = range(4)
STOPS = ("end_turn", "tool_use", "refusal", "max_tokens", "pause_turn")
END, TOOL_CALL, REFUSAL, LENGTH, PAUSE = range(5)
SURFACES = ("web", "mobile", "api", "ide")
REGIONS = ("us", "eu", "apac")
TIERS = ("standard", "priority", "batch")
PROMPTS = ("sp-2025-11", "sp-2026-01", "sp-2026-03")
TOOLS = ("web_search", "run_python", "get_weather", "read_file")
# What the content blocks of a message are, in order.
SHAPES = (("text",), ("thinking", "text"), ("text", "tool_use"), ("tool_use",), ("tool_result",), ("text", "text"))
TEXT, THINKING, TEXT_AND_TOOL, TOOL_ONLY, RESULT, TWO_TEXTS = range(6)
FULL, MISSING, EMPTY = range(3)
PLAIN, COMMA, BLANK = range(3)


@dataclass(frozen=True, slots=True)
class People:
    """One row a user: `ref` and `user` are the numbers behind user_ref and user_id."""

    index: Whole
    key: Keys
    ref_kind: Whole
    ref: Keys
    user: Keys
    country: Whole
    language: Whole
    plan: Whole
    agent: Whole
    surface: Whole
    region: Whole
    attacker: Flags


@dataclass(frozen=True, slots=True)
class Conversations:
    """One row a conversation, ordered by user and ordinal; `user` indexes the people of the block.

    `peak` is the exchange at which an attack arrives at high risk, -1 where there is none.
    """

    key: Keys
    user: Whole
    starts: Whole
    version: Whole
    surface: Whole
    region: Whole
    client: Whole
    alias: Whole
    anonymous: Flags
    peak: Whole
    empty: Flags
    deleted: Whole
    leaf: Keys


@dataclass(frozen=True, slots=True)
class Rows:
    """One row a message, later one a delivery; `conversation` indexes the conversations of the block.

    `at` is the true time on the server and is never written; `text` and `aside` index the block's
    texts taken together; `claim` and `fact` are the first of `claims` and `facts` entries.
    """

    key: Keys
    message: Keys
    parent: Keys
    conversation: Whole
    linked: Flags
    identified: Flags
    exchange: Whole
    position: Whole
    role: Whole
    at: Whole
    created: Whole
    completed: Whole
    version: Whole
    call: Whole
    call_at: Whole
    attempt: Whole
    event: Keys
    ingested_ms: Whole
    delivery: Whole
    status: Whole
    refused: Flags
    refusal_known: Flags
    risk: Whole
    topic: Whole
    act: Whole
    language: Whole
    prompt: Whole
    model: Whole
    stop: Whole
    tokens_in: Whole
    tokens_out: Whole
    cache_read: Whole
    cache_creation: Whole
    thinking: Whole
    usage: Flags
    spelling: Whole
    doubled: Flags
    stream: Flags
    ttft_ms: Whole
    tier: Whole
    shape: Whole
    content: Whole
    tool: Whole
    tool_use: Keys
    tool_error: Whole
    truncated: Flags
    text: Whole
    aside: Whole
    hash: Keys
    claim: Whole
    claims: Whole
    fact: Whole
    facts: Whole
    redacted: Flags
    deleted: Whole
    on_path: Flags


@dataclass(frozen=True, slots=True)
class Assertions:
    """One row a claim: `variant` indexes the catalogue, `value` says FULL, MISSING or EMPTY; -1 is NULL."""

    variant: Whole
    value: Whole
    hedged: Whole
    act: Whole
    cited: Whole
    supported: Whole


@dataclass(frozen=True, slots=True)
class Touched:
    """Ledger rows of one kind: ids of `table` that it chose, or that changed along with what it chose."""

    kind: str
    table: str
    ids: pa.StringArray
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A block in the making; `sides` holds the side tables once they are drawn.

    `texts` holds what can be said: the pool of sentences first, then what was said; one array once it is sealed.
    """

    people: People
    conversations: Conversations
    rows: Rows
    claims: Assertions
    facts: Whole
    texts: tuple[pa.StringArray, ...]
    window: Window
    sides: dict[str, pa.Table] = field(default_factory=dict)
    ledger: tuple[Touched, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """The time that the log covers: microseconds since 1970; `weeks` long."""

    start: int
    end: int
    extracted: int
    weeks: int

    def hundredth(self, times: NDArray[Any]) -> Whole:
        """How far into the window, in hundredths, 0 to 99."""
        found: Whole = np.clip((times - self.start) * 100 // (self.end - self.start), 0, 99)
        return found
