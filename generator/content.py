"""The content of messages: blocks, tool calls and flat text, as the API generations need them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from generator import columns, lanes
from generator.assertions import CLAIM_ACTS
from generator.block import EMPTY, FULL, MISSING, RESULT, SHAPES, TEXT_AND_TOOL, TOOL_ONLY, TOOLS, Block, Rows
from generator.lanes import Flags, Whole
from generator.vocabulary import claims

BLOCK_TYPES = ("text", "thinking", "tool_use", "tool_result")
TEXT_BLOCK, THINKING_BLOCK, TOOL_USE_BLOCK, RESULT_BLOCK = range(4)
ARGUMENTS = tuple(f'{{"{name}": "{value}", "limit": {n}}}' for name, value, n in (
    ("query", "opening hours", 3), ("query", "exchange rate", 1), ("city", "Lisbon", 5), ("city", "Osaka", 7),
    ("code", "print(sum(range(10)))", 1), ("path", "notes/2026.md", 40), ("path", "data.csv", 100),
))  # fmt: skip
TRUNCATED_TO = 17
# Block types by shape; -1 where a shape has no such block.
_TYPES = np.array([[BLOCK_TYPES.index(s[n]) if n < len(s) else -1 for n in range(2)] for s in SHAPES])
_SIZES = np.array([len(shape) for shape in SHAPES])


def block_lists(block: Block, rows: Rows, type_: pa.ListType) -> pa.ListArray:
    """Typed blocks: text, thinking, tool_use, tool_result; NULL and empty lists where content is missing or empty."""
    counts = np.where(rows.content == MISSING, -1, np.where(rows.content == EMPTY, 0, _SIZES[rows.shape]))
    nth, owner = columns.spans(np.zeros(len(counts), dtype=np.int64), counts)
    kind = _TYPES[rows.shape[owner], nth]
    calls, results = kind == TOOL_USE_BLOCK, kind == RESULT_BLOCK
    fields = {
        "type": columns.words(kind, BLOCK_TYPES),
        "text": _text(block, rows, owner, nth),
        "tool_name": columns.words(np.where(calls, rows.tool[owner], -1), TOOLS),
        "tool_use_id": tool_use_id(rows, (rows.tool_use == 0), owner, calls | results),
        "is_error": columns.tristate(np.where(results, rows.tool_error[owner], -1)),
        "arguments": _arguments(rows, owner, calls),
    }
    return columns.lists(counts, columns.struct(type_.value_type, fields))


def text_lists(block: Block, rows: Rows, type_: pa.ListType) -> pa.ListArray:
    """The v2 form: text blocks only; tool calls stand beside them."""
    written = np.where(rows.shape == TOOL_ONLY, 0, np.where(rows.shape == TEXT_AND_TOOL, 1, _SIZES[rows.shape]))
    counts = np.where(rows.content == MISSING, -1, np.where(rows.content == EMPTY, 0, written))
    nth, owner = columns.spans(np.zeros(len(counts), dtype=np.int64), counts)
    fields = {
        "type": columns.words(np.zeros(len(owner), dtype=np.int64), BLOCK_TYPES),
        "text": _text(block, rows, owner, nth),
    }
    return columns.lists(counts, columns.struct(type_.value_type, fields))


def flat_text(block: Block, rows: Rows) -> pa.StringArray:
    """The v1 form: one text; NULL beside a lone call, '' for empty content."""
    text = first_text(block, rows)
    empty = pa.array(rows.content == EMPTY)
    return pa.compute.if_else(empty, columns.text(""), text)


def first_text(block: Block, rows: Rows) -> pa.StringArray:
    """The first text or tool result of each message; NULL where it has none."""
    written = (rows.content == FULL) & (rows.shape != TOOL_ONLY)
    return columns.taken(_everything(block), np.where(written, rows.text, -1))


def has_call(rows: Rows) -> Flags:
    """Whether the message asks for a tool."""
    found: Flags = ((rows.shape == TEXT_AND_TOOL) | (rows.shape == TOOL_ONLY)) & (rows.content == FULL)
    return found


def function_call(rows: Rows, type_: pa.StructType) -> pa.StructArray:
    """The v1 form of a tool call."""
    everyone = np.arange(len(rows.key))
    fields = {"name": columns.words(rows.tool, TOOLS), "arguments": _arguments(rows, everyone, has_call(rows))}
    return columns.struct(type_, fields, ~has_call(rows))


def tool_calls(rows: Rows, type_: pa.ListType) -> pa.ListArray:
    """The v2 form of tool calls: a list of one, NULL without."""
    counts = np.where(has_call(rows), 1, -1)
    owner = np.flatnonzero(has_call(rows))
    every = np.ones(len(owner), dtype=np.bool_)
    fields = {
        "id": tool_use_id(rows, rows.tool_use == 0, owner, every),
        "name": columns.words(rows.tool[owner], TOOLS),
        "arguments": _arguments(rows, owner, every),
    }
    return columns.lists(counts, columns.struct(type_.value_type, fields))


def tool_use_id(rows: Rows, missing: Flags, owner: Whole, wanted: Flags) -> pa.StringArray:
    """The id that a call and its result share."""
    return columns.prefixed("tool_", rows.tool_use[owner], missing[owner] | ~wanted)


def answers_call(rows: Rows) -> Flags:
    """Whether the row is the result of a tool."""
    found: Flags = rows.shape == RESULT
    return found


def claim_lists(block: Block, rows: Rows, type_: pa.ListType) -> pa.ListArray:
    """What each message asserts."""
    place, _ = columns.spans(rows.claim, rows.claims)
    catalogue, told = claims(), block.claims
    variant, value = told.variant[place], told.value[place]
    values = columns.taken(catalogue.values, np.where(value == MISSING, -1, variant))
    fields = {
        "key": catalogue.keys.take(pa.array(variant)),
        "value": pa.compute.if_else(pa.array(value == EMPTY), columns.text(" "), values),
        "unit": catalogue.units.take(pa.array(variant)),
        "hedged": columns.tristate(told.hedged[place]),
        "act": columns.words(told.act[place], CLAIM_ACTS),
        "cited": columns.tristate(told.cited[place]),
        "supported": columns.tristate(told.supported[place]),
    }
    return columns.lists(rows.claims, columns.struct(type_.value_type, fields))


def fact_lists(block: Block, rows: Rows, type_: pa.ListType) -> pa.ListArray:
    """For summaries: what the source said."""
    place, _ = columns.spans(rows.fact, rows.facts)
    variant, catalogue = pa.array(block.facts[place]), claims()
    fields = {
        "key": catalogue.keys.take(variant),
        "value": catalogue.values.take(variant),
        "unit": catalogue.units.take(variant),
    }
    return columns.lists(rows.facts, columns.struct(type_.value_type, fields))


def _text(block: Block, rows: Rows, owner: Whole, nth: Whole) -> pa.StringArray:
    """The text of each block: the message's own, or what stands aside (a thought, a second paragraph)."""
    shape = rows.shape[owner]
    kind = _TYPES[shape, nth]
    aside = (kind == THINKING_BLOCK) | ((kind == TEXT_BLOCK) & (nth == 1) & (shape != 1))
    place = np.where(aside, rows.aside[owner], rows.text[owner])
    return columns.taken(_everything(block), np.where(kind == TOOL_USE_BLOCK, -1, place))


def _everything(block: Block) -> pa.StringArray:
    """All texts of a sealed block."""
    (texts,) = block.texts
    return texts


def _arguments(rows: Rows, owner: Whole, wanted: Flags) -> pa.StringArray:
    """JSON text, cut short where it is truncated."""
    choices = pa.array([*ARGUMENTS, *(text[:TRUNCATED_TO] for text in ARGUMENTS)], pa.string())
    chosen = lanes.below(rows.key[owner], "tool/arguments", len(ARGUMENTS)) + rows.truncated[owner] * len(ARGUMENTS)
    return columns.taken(choices, np.where(wanted, chosen, -1))
