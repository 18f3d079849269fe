"""A conversation to be read: who said what when, what was called, how risky it was, and what was cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from laglead.conversation import Conversation, Message
from laglead.moments import gap, place
from laglead.terminal import clean, pad, paint, shorten, width, wrapped

ROUNDED = 10_000  # microseconds: who reads a conversation wants no more
MOST_LINES, MOST_TURNS, TURNS_AT_THE_END = 3, 60, 10
INDENT, BRANCH = "      ", "    ╎ "


@dataclass(frozen=True, slots=True)
class Fold:
    """How much of a text and of a conversation is shown."""

    full: bool = False

    def text(self, lines: Sequence[str]) -> list[str]:
        """The first lines, and how many are left."""
        if self.full or len(lines) <= MOST_LINES:
            return list(lines)
        left = len(lines) - MOST_LINES
        return [*lines[:MOST_LINES], paint(f"({left} more line{'' if left == 1 else 's'}: --full)", "dim")]


def as_text(found: Conversation, *, full: bool = False) -> Iterator[str]:
    """Its lines: a head, the turns with their branches, and what is not on any path."""
    fold = Fold(full)
    yield from _head(found)
    turns = found.turns
    hidden = 0 if full or len(turns) <= MOST_TURNS + TURNS_AT_THE_END else len(turns) - MOST_TURNS
    for number, turn in enumerate(turns):
        if hidden and MOST_TURNS - TURNS_AT_THE_END <= number < len(turns) - TURNS_AT_THE_END:
            if number == MOST_TURNS - TURNS_AT_THE_END:
                yield paint(f"\n  ({hidden} turns between: --full)", "dim")
            continue
        yield ""
        yield from _turn(turn, turns[number - 1] if number else None, fold)
        yield from _branches(found.branches.get(turn.message_id, ()), found, fold)
    loose = found.branches.get(None, ())
    if loose:
        yield ""
        yield paint(f"  {len(loose)} messages of which nothing says what they follow", "bold")
        yield from _branches(loose, found, fold)


def _head(found: Conversation) -> Iterator[str]:
    users = sorted({turn.user_id for turn in found.turns if turn.user_id}) or ["nobody known"]
    times = sorted(turn.created_at for turn in found.turns if turn.created_at)
    span = f"{_clock(times[0])} to {_clock(times[-1])} (UTC)" if times else "no time known"
    yield paint(f"conversation {clean(found.id)}", "bold")
    branches = sum(len(group) for group in found.branches.values())
    off = f", {branches} messages on other branches" if branches else ""
    yield from wrapped(clean(f"{', '.join(users)}; {len(found.turns)} turns{off}; {span}"), width())


def _clock(moment: str) -> str:
    return moment[:19]


def _turn(turn: Message, before: Message | None, fold: Fold) -> Iterator[str]:
    at = place(turn.created_at)
    when = gap(place(before.created_at), at, ROUNDED) if before is not None else at.short
    when = "no time" if at.is_missing else when
    facts = "  ".join([pad(turn.role, 9), when, *_facts(turn)])
    yield shorten(f"{turn.turn_index:>4}  {clean(facts)}", width())
    yield from _said(turn, INDENT, fold)


def _facts(message: Message) -> Iterator[str]:
    if message.risk is not None:
        yield f"risk {message.risk}" + (f" ({message.risk_source})" if message.risk_source else "")
    elif message.role == "user":
        yield "risk unlabelled"
    if message.is_refusal:
        yield "refusal"
    if message.failed:
        yield "tool failed"
    if message.status not in (None, 200):
        yield f"status {message.status}"
    if message.model is not None:
        yield message.model


def _said(message: Message, indent: str, fold: Fold) -> Iterator[str]:
    room = width() - len(indent)
    for name, arguments in message.calls:
        for line in fold.text(wrapped(clean(f"calls {name or 'a tool without a name'} {arguments or ''}"), room)):
            yield paint(indent + line, "cyan")
    if message.text is None:
        if not message.calls:
            yield paint(f"{indent}(no text)", "dim")
        return
    yield from (indent + line for line in fold.text(wrapped(clean(message.text), room) or ["''"]))


def _branches(messages: Sequence[Message], found: Conversation, fold: Fold) -> Iterator[str]:
    """What follows a message besides the turn that its user sees, and what follows that."""
    for message in messages:
        facts = "  ".join([message.role, place(message.created_at).short, *_facts(message)])
        yield shorten(f"{BRANCH}not on the path: {clean(facts)}", width())
        yield from _said(message, f"{BRANCH}  ", fold)
        if message.message_id is not None:
            yield from _branches(found.branches.get(message.message_id, ()), found, fold)
