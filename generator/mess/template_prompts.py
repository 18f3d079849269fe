"""Prompts that bots and templates send again and again, word for word."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from generator import lanes
from generator.block import USER, Block
from generator.inject import changed, hit, with_texts
from generator.mess import Kind, Stage
from generator.vocabulary import read


def apply(block: Block, rate: float) -> Block:
    """Replace the text of user rows by one of a few templates; equal texts share a hash."""
    rows = block.rows
    touched = hit(rows, "template_prompts", rate, rows.role == USER)
    templates = pa.array(read("sentences")["template"], pa.string())
    which = lanes.below(rows.key, "mess/template_prompts/which", len(templates))
    block, places = with_texts(block, templates)
    hashes = lanes.mix(np.uint64(0xB07) + which.astype(np.uint64))
    return changed(block, "template_prompts", touched, text=places[which], hash=hashes)


KIND = Kind(
    name="template_prompts",
    stage=Stage.LASTING,
    rate=0.08,
    of="user rows",
    denominator="SELECT count(*) FROM message_events WHERE role = 'user'",
    what="the text is one of a few templates, and so is its hash",
    punishes="content_hash as a key; means that count every prompt the same",
    seen="prompt generators and greetings make up a visible share of public chat logs (WildChat)",
    undone_by="nothing: weight or filter",
    apply=apply,
    order=10,
)
