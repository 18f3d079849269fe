"""Nested values of messages: content blocks, claims, source facts, token usage and metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Theme:
    """What a conversation keeps coming back to: one key or two, units of one measure, and values that are alike.

    A dense theme is seldom left: whole worlds are about it. A firm one is left less often still, claim by claim.
    """

    keys: tuple[str | None, ...]
    units: tuple[str | None, ...]
    values: Sequence[str]
    dense: bool
    firm: bool = False


# Units that say the same thing in other numbers, and the values that then meet.
_MEASURES = (
    ("claim_unit_length", "claim_value_thousand"),
    ("claim_unit_volume", "claim_value_thousand"),
    ("claim_unit_mass", "claim_value_thousand"),
    ("claim_unit_speed", "claim_value_thousand"),
    ("claim_unit_money", "claim_value_thousand"),
    ("claim_unit_time", "claim_value_time"),
    ("claim_unit_heat", "claim_value_thousand"),
)


def draw_theme(filler: Filler, *, dense: bool = False) -> Theme:
    """The theme of one conversation; where a threshold counts claims, few values come back again and again."""
    stream, known = filler.stream, words()
    if filler.world.counts("claims") and stream.chance(75):
        return _measured(filler, dense=dense) if stream.chance(50) else _wavering(filler, dense=dense)
    known_values = stream.pick(
        (known["claim_value_number"], known["claim_value_text"], known["claim_value_odd"], known["claim_value"])
    )
    if filler.world.counts("claims") or filler.world.counts("branches"):
        known_values = stream.shuffled(known_values)[: stream.pick((2, 2, 3))]
    key, unit = stream.pick(known["claim_key"]), stream.pick((None, None, *known["claim_unit"]))
    return Theme((key,), (unit,), known_values, dense)


def _measured(filler: Filler, *, dense: bool) -> Theme:
    """One key, and numbers in units that can be converted into each other."""
    stream, known = filler.stream, words()
    units, numbers = stream.pick(_MEASURES)
    values = stream.shuffled(known[numbers])[: stream.pick((3, 4))]
    return Theme((stream.pick(known["claim_key"]),), tuple(known[units]), values, dense)


def _wavering(filler: Filler, *, dense: bool) -> Theme:
    """One unit, and a few values to go back and forth between: on one key, on two side by side, or on none."""
    stream, known = filler.stream, words()
    keys = [None] if stream.chance(15) else stream.shuffled(known["claim_key"])[: stream.pick((1, 1, 2))]
    alike, other = stream.pick(
        ((known["claim_value_number"][:4], ["9", "10"]), (known["claim_value_text"][:3], ["Lyon"]))
    )
    values = [*stream.shuffled(alike)[: stream.pick((1, 2))], *other]
    return Theme(tuple(keys), (stream.pick((None, *known["claim_unit"])),), values, dense, firm=True)


def claims(filler: Filler, theme: Theme) -> list[Row]:
    """Claims of a message, mostly on its conversation's theme, often several of one key."""
    return [_claim(filler, theme) for _ in range(filler.stream.pick((0, 1, 1, 1, 1, 2, 2, 3)))]


def _claim(filler: Filler, theme: Theme) -> Row:
    stream, known = filler.stream, words()
    astray = 50 if theme.firm and stream.chance(70) else stream.below(100)
    unit = theme.units[0] if len(theme.units) == 1 else stream.pick(theme.units)
    key = theme.keys[0] if len(theme.keys) == 1 else stream.pick(theme.keys)
    return {
        "key": filler.maybe(stream.pick(known["claim_key"]) if astray < 15 else key),
        "value": filler.maybe(stream.pick(known["claim_value"]) if astray > 90 else stream.pick(theme.values)),
        "unit": stream.pick((None, *known["claim_unit"])) if 10 < astray < 25 else unit,
        "hedged": stream.pick((False, False, None, None, True)),
        "act": filler.maybe(stream.pick(known["act"])),
        "cited": filler.maybe(stream.below(2) == 1),
        "supported": filler.maybe(stream.below(2) == 1),
    }


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
