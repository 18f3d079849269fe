"""Finds what was decided about a question: offline, by the words that question and decision share.

A word counts the more the fewer decisions it stands in (inverse document frequency); a word that is only kin to
one of a decision counts for half. A decision is meant when it holds enough of what the question's words weigh.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from checker.exercise import Decision, OutputColumn
from laglead.interview.wording import kin, stems

ENOUGH = 0.3
NEARLY_AS_MUCH = 0.8
MOST_ANSWERS = 2
OF_A_KIN, OF_THE_ANSWER = 0.55, 0.7


@dataclass(frozen=True, slots=True)
class Matched:
    """A decision that a text is about, and how much of the text's weight it holds (0 to 1)."""

    decision: Decision
    share: float


def about(text: str, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that `text` is about, the nearest first: none, one, or two that are about as near."""
    ranked = sorted((_matched(text, decision, decisions) for decision in decisions), key=lambda one: -one.share)
    enough = [one for one in ranked if one.share >= ENOUGH]
    return tuple(one.decision for one in enough[:MOST_ANSWERS] if one.share >= NEARLY_AS_MUCH * enough[0].share)


def columns(output: Sequence[OutputColumn]) -> tuple[Decision, ...]:
    """The columns as decisions: what each of them means."""
    return tuple(Decision(f"What is {column.name}?", f"{column.meaning} ({column.type})") for column in output)


def column_named(text: str, output: Sequence[OutputColumn]) -> Decision | None:
    """The column that a text names, as a decision."""
    named = set(text.lower().replace("?", " ").replace("`", " ").replace("'", " ").split())
    found = [column for column in output if column.name.lower() in named and "_" in column.name]
    return columns(found)[0] if len(found) == 1 else None


def _matched(text: str, decision: Decision, decisions: Sequence[Decision]) -> Matched:
    rarity = _rarity(decisions)
    # The parts of a name such as conversation_id say enough where no decision has the whole.
    wanted = {word for word in stems(text) if "_" not in word or word in rarity}
    held = sum(weight(word, rarity) * _presence(word, decision) for word in wanted)
    whole = sum(weight(word, rarity) for word in wanted)
    return Matched(decision, held / whole if whole else 0.0)


def weight(word: str, rarity: dict[str, float]) -> float:
    """How much a word of the question says: that of a word which no decision holds is the highest."""
    return rarity.get(word, max(rarity.values(), default=1.0))


def _rarity(decisions: Sequence[Decision]) -> dict[str, float]:
    held = Counter(word for one in decisions for word in set(stems(f"{one.question} {one.answer}")))
    return {word: math.log((1 + len(decisions)) / count) for word, count in held.items()}


def _presence(word: str, decision: Decision) -> float:
    """How surely a decision is about a word: 1 when its question has it, less in its answer or for its kin."""
    question, answer = set(stems(decision.question)), set(stems(decision.answer))
    if word in question:
        return 1.0
    if word in answer:
        return OF_THE_ANSWER
    if kin(word) & question:
        return OF_A_KIN
    return OF_A_KIN * OF_THE_ANSWER if kin(word) & answer else 0.0
