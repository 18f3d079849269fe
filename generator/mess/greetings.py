"""Short messages that everybody sends: the same words, hence the same hash, from people who share nothing."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from generator import lanes
from generator.block import USER, Block
from generator.inject import changed, hit, with_texts
from generator.mess import Kind, Stage

TEXTS = ("hi", "hello", "thanks", "continue", "ok", "yes", "go on", "why?", "hola", "merci", "\u4f60\u597d", "test")


def apply(block: Block, rate: float) -> Block:
    """Replace the text of user rows by one of a dozen words; equal texts share a hash."""
    rows = block.rows
    touched = hit(rows, "greetings", rate, rows.role == USER)
    which = lanes.below(rows.key, "mess/greetings/which", len(TEXTS))
    block, places = with_texts(block, pa.array(TEXTS, pa.string()))
    hashes = lanes.mix(np.uint64(0x6E11) + which.astype(np.uint64))
    return changed(block, "greetings", touched, text=places[which], hash=hashes)


KIND = Kind(
    name="greetings",
    stage=Stage.LASTING,
    rate=0.04,
    of="user rows",
    denominator="SELECT count(*) FROM message_events WHERE role = 'user'",
    what="the text is 'hi' or 'continue', and content_hash is that of thousands of others",
    punishes="content_hash as a key; duplicates found by content",
    seen="greetings and nudges in every public chat log",
    undone_by="nothing: a message is told by its message_id",
    apply=apply,
    order=9,
)
