"""Nested values of messages: content blocks, claims, source facts, token usage and metadata."""

from __future__ import annotations

from typing import Any

from generator.worlds.world import Filler, Row, words


def content(filler: Filler, role: str) -> list[Row]:
    """Blocks of a message; often none, which is not the same as no list."""
    stream = filler.stream
    kinds = {"tool": ("tool_result",), "assistant": ("text", "text", "thinking", "tool_use")}.get(role, ("text",))
    return [_block(filler, stream.pick(kinds)) for _ in range(stream.pick((0, 0, 1, 1, 1, 2, 3)))]


def _block(filler: Filler, kind: str) -> Row:
    stream = filler.stream
    tool = kind in ("tool_use", "tool_result")
    return {
        "type": kind,
        "text": None if kind == "tool_use" else filler.maybe(stream.pick(words()["text"])),
        "tool_name": stream.pick(words()["tool_name"]) if kind == "tool_use" else None,
        "tool_use_id": stream.pick(("t1", "t2", "t3")) if tool else None,
        "is_error": stream.pick((True, False, None)) if kind == "tool_result" else None,
        "arguments": stream.pick(words()["arguments"]) if kind == "tool_use" else None,
    }


def claims(filler: Filler) -> list[Row]:
    """Claims of a message, often several of one key, with values that are equal as numbers but not as text."""
    stream = filler.stream
    many = stream.pick((0, 1, 1, 1, 2, 2, 3))
    return [
        {
            "key": filler.maybe(stream.pick(words()["claim_key"])),
            "value": filler.maybe(stream.pick(words()["claim_value"])),
            "unit": stream.pick((None, None, None, *words()["claim_unit"])),
            "hedged": stream.pick((False, False, None, True)),
            "act": filler.maybe(stream.pick(words()["act"])),
            "cited": filler.maybe(stream.below(2) == 1),
            "supported": filler.maybe(stream.below(2) == 1),
        }
        for _ in range(many)
    ]


def source_facts(filler: Filler) -> list[Row]:
    """What the source of a summary said, in the vocabulary of claims."""
    stream = filler.stream
    return [
        {
            "key": stream.pick(words()["claim_key"]),
            "value": filler.maybe(stream.pick(words()["claim_value"])),
            "unit": stream.pick((None, *words()["claim_unit"])),
        }
        for _ in range(stream.below(3))
    ]


def metadata(filler: Filler, *, refusal: bool) -> Row:
    """What later classifiers wrote; each field may be NULL, the struct never is."""
    stream = filler.stream
    names = ("topic", "dialogue_act", "language", "system_prompt_version")
    row: Row = {name: filler.maybe(stream.pick(words()[name])) for name in names}
    return row | {"is_refusal": filler.maybe(stream.below(2) == 1)} if refusal else row


def usage(filler: Filler) -> Row:
    """Tokens of a call: unknown, zero and known; cache fields are often unknown."""
    pick = filler.stream.pick
    return {
        "input_tokens": filler.maybe(pick((0, 10, 100, 1024))),
        "output_tokens": filler.maybe(pick((0, 1, 9, 200))),
        "cache_read_input_tokens": pick((None, 0, 5, 90)),
        "cache_creation_input_tokens": pick((None, 0, 7)),
    }


def tokens_as_text(filler: Filler) -> dict[str, Any]:
    """The usage of v1: text, sometimes with a comma, sometimes empty."""
    names = ("prompt_tokens", "completion_tokens", "total_tokens")
    return {name: filler.maybe(filler.stream.pick(words()["tokens_as_text"])) for name in names}
