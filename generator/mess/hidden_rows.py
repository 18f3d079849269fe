"""Rows that the user never sees: system prompts, tool calls and their results."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import (
    ASSISTANT,
    FULL,
    RESULT,
    SYSTEM,
    TEXT,
    TEXT_AND_TOOL,
    TOOL,
    TOOL_CALL,
    TOOL_ONLY,
    TOOLS,
    USER,
    Block,
    Rows,
)
from generator.failure import NO_TTFT
from generator.frame import stack, take
from generator.inject import ordered, respoken
from generator.lanes import Flags, Keys
from generator.ledger import noted
from generator.mess import Kind, Stage, statement
from generator.messages import CALL_SLOT, RESULT_SLOT, SYSTEM_SLOT

LOST_RESULTS = 0.03
FAILING_TOOLS = 0.12


def apply(block: Block, rate: float) -> Block:
    """Put calls with their results before answers, and system rows before first questions."""
    rows = block.rows
    answers = (rows.role == ASSISTANT) & (rows.status == 200) & ~rows.refused
    called = lanes.chance(rows.key, "mess/hidden_rows", rate) & answers
    first = (rows.role == USER) & (rows.exchange == 0)
    prompted = lanes.chance(rows.key, "mess/hidden_rows/system", rate) & first
    block, calls, results = _calls(block, take(rows, called))
    block, prompts = _prompts(block, take(rows, prompted))
    answered = _after(rows, called, calls, results)
    answered = replace(answered, parent=_behind(answered, prompted, prompts.message))
    block = ordered(replace(block, rows=stack(answered, calls, results, prompts)))
    along = (rows.message[called], results.message, rows.message[prompted & (rows.version > 1)])
    for chosen in (calls.message, prompts.message):
        block = noted(block, KIND.name, "message_events", chosen)
    return noted(block, KIND.name, "message_events", np.concatenate(along), chosen=False)


def _calls(block: Block, answers: Rows) -> tuple[Block, Rows, Rows]:
    key = lanes.child(answers.key, np.full(len(answers.key), 1))
    length = (answers.completed - answers.created) // 4
    call = replace(
        _hidden(answers, key, CALL_SLOT),
        completed=answers.created + length,
        stop=np.full(len(key), TOOL_CALL),
        shape=np.where(lanes.chance(key, "tool/says", 0.3), TEXT_AND_TOOL, TOOL_ONLY),
        tool=lanes.below(key, "tool/name", len(TOOLS)),
        tool_use=np.where(answers.version > 1, lanes.bits(key, "tool/use"), np.uint64(0)),
        tokens_out=20 + answers.tokens_out % 90,
        cache_read=np.minimum(answers.cache_read, 0),
        cache_creation=np.minimum(answers.cache_creation, 0),
        ingested_ms=(answers.created + length) // 1000 + 300,
    )
    block, call = respoken(block, call)
    block, result = respoken(block, _results(take(call, _has_result(key))))
    return block, call, result


def _has_result(key: Keys) -> Flags:
    return ~lanes.chance(key, "tool/lost_result", LOST_RESULTS)


def _results(calls: Rows) -> Rows:
    key = lanes.child(calls.key, np.full(len(calls.key), 1))
    began, lasted = calls.completed, (calls.completed - calls.created) // 2
    failing = lanes.chance(key, "tool/fails", FAILING_TOOLS).astype(np.int64)
    return replace(
        _hidden(calls, key, RESULT_SLOT),
        role=np.full(len(key), TOOL),
        parent=np.where(calls.version > 1, calls.message, np.uint64(0)),
        at=began,
        created=began,
        completed=began + lasted,
        call=calls.call + 1,
        call_at=began,
        ingested_ms=(began + lasted) // 1000 + 250,
        shape=np.full(len(key), RESULT),
        tool_error=np.where(calls.version > 2, failing, -1),
        **_no_model(len(key)),
    )


def _prompts(block: Block, firsts: Rows) -> tuple[Block, Rows]:
    key = lanes.child(firsts.key, np.full(len(firsts.key), 2))
    prompt = replace(_hidden(firsts, key, SYSTEM_SLOT), role=np.full(len(key), SYSTEM), **_no_model(len(key)))
    return respoken(block, replace(prompt, parent=np.zeros(len(key), dtype=np.uint64)))


def _hidden(rows: Rows, key: Keys, slot: int) -> Rows:
    """Copies of rows as rows of their own in another slot of the exchange, saying nothing yet."""
    count = len(key)
    none = np.full(count, -1)
    return replace(
        rows,
        key=key,
        message=lanes.bits(key, "message/id"),
        event=lanes.bits(key, "message/event"),
        position=rows.position - rows.position % 8 + slot,
        act=none,
        shape=np.full(count, TEXT),
        content=np.full(count, FULL),
        aside=none,
        claims=none,
        facts=none,
        ttft_ms=np.full(count, NO_TTFT),
    )


def _no_model(count: int) -> dict[str, np.ndarray]:
    return {"model": np.full(count, -1), "stop": np.full(count, -1), "usage": np.zeros(count, dtype=np.bool_)}


def _after(rows: Rows, called: Flags, calls: Rows, results: Rows) -> Rows:
    """The answers begin when their tool has answered, and follow its result, or the call where that was lost."""
    began, parent = rows.created.copy(), rows.parent.copy()
    lasted = (rows.completed - rows.created)[called]
    began[called] = rows.created[called] + lasted // 4 + lasted // 8
    last, has_result = calls.message.copy(), _has_result(calls.key)
    last[has_result] = results.message
    parent[called] = np.where(rows.version[called] > 1, last, np.uint64(0))
    return replace(
        rows,
        at=np.where(called, began, rows.at),
        created=began,
        parent=parent,
        call=rows.call + called,
        call_at=np.where(called, began, rows.call_at),
    )


def _behind(rows: Rows, prompted: Flags, messages: Keys) -> Keys:
    parent = rows.parent.copy()
    parent[prompted] = np.where(rows.version[prompted] > 1, messages, np.uint64(0))
    return parent


KIND = Kind(
    name="hidden_rows",
    stage=Stage.LASTING,
    rate=0.055,
    of="answers that are no refusals, and first questions (6 % of rows are then hidden)",
    denominator=statement("hidden_rows"),
    what="system rows, tool calls and tool results stand among the turns; 3 % of calls have no result",
    punishes="counting turns; distances by turn_index; the previous row taken for the previous answer",
    seen="agent traces and message trees of chat exports",
    undone_by="a filter on role",
    apply=apply,
    order=18,
)
