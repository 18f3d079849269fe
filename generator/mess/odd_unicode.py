"""Text that breaks equality: combining signs, right-to-left marks, emoji sequences, zero-width spaces."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from generator import lanes
from generator.block import FULL, Block
from generator.inject import changed, hit, with_texts
from generator.mess import Kind, Stage

TEXTS = (
    "cafe\u0301 or caf\u00e9?",
    "\u202eRTL override\u202c in the middle",
    "family: \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "zero\u200bwidth\u200bspace",
    "NUL\x00inside",
    "\ufeffbyte order mark first",
    "full\u3000width \uff11\uff0c\uff10\uff12\uff14",
    "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645",
)


def apply(block: Block, rate: float) -> Block:
    """Replace the text of some rows by odd ones, all valid UTF-8."""
    rows = block.rows
    touched = hit(rows, "odd_unicode", rate, rows.content == FULL)
    which = lanes.below(rows.key, "mess/odd_unicode/which", len(TEXTS))
    block, places = with_texts(block, pa.array(TEXTS, pa.string()))
    hashes = lanes.mix(np.uint64(0x0DD) + which.astype(np.uint64))
    return changed(block, "odd_unicode", touched, text=places[which], hash=hashes)


KIND = Kind(
    name="odd_unicode",
    stage=Stage.LASTING,
    rate=0.002,
    of="rows with content",
    denominator="SELECT count(*) FROM message_events WHERE content IS NOT NULL",
    what="combining signs, direction marks, zero-width signs, a NUL; valid UTF-8",
    punishes="text equality and length",
    seen="pasted text",
    undone_by="nothing: normalise",
    apply=apply,
    order=44,
)
