"""Answers that are the text of an error."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from generator import lanes
from generator.block import ASSISTANT, TEXT, Block
from generator.inject import changed, hit, with_texts
from generator.mess import Kind, Stage
from generator.vocabulary import read


def apply(block: Block, rate: float) -> Block:
    """Replace the text of answers by an error's, with status 200."""
    rows = block.rows
    touched = hit(rows, "error_as_answer", rate, (rows.role == ASSISTANT) & (rows.status == 200) & (rows.shape == TEXT))
    texts = pa.array(read("sentences")["error_text"], pa.string())
    which = lanes.below(rows.key, "mess/error_as_answer/which", len(texts))
    block, places = with_texts(block, texts)
    hashes = lanes.mix(np.uint64(0xE44) + which.astype(np.uint64))
    return changed(block, "error_as_answer", touched, text=places[which], hash=hashes, claims=-1)


KIND = Kind(
    name="error_as_answer",
    stage=Stage.LASTING,
    rate=0.01,
    of="plain answers",
    denominator="SELECT count(*) FROM message_events WHERE role = 'assistant' AND len(content) = 1",
    what="the text is an error message although the status is 200",
    punishes="length metrics; success counted by status",
    seen="proxies that answer for the model",
    undone_by="nothing",
    apply=apply,
    order=42,
)
