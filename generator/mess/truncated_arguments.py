"""Tool arguments whose JSON was cut off."""

from __future__ import annotations

from generator.block import Block
from generator.content import has_call
from generator.inject import changed, hit
from generator.mess import Kind, Stage


def apply(block: Block, rate: float) -> Block:
    """Cut the arguments of some calls short."""
    touched = hit(block.rows, "truncated_arguments", rate, has_call(block.rows))
    return changed(block, "truncated_arguments", touched, truncated=True)


KIND = Kind(
    name="truncated_arguments",
    stage=Stage.LASTING,
    rate=0.01,
    of="tool calls",
    denominator="SELECT count(*) FROM message_events WHERE stop_reason IN ('tool_use', 'tool_calls', 'function_call')",
    what="arguments is not JSON: its end is missing",
    punishes="a strict parse, which aborts the whole query",
    seen="calls that ran into max_tokens",
    undone_by="TRY_CAST, and a count of what failed",
    apply=apply,
    order=46,
    needs=("hidden_rows",),
)
