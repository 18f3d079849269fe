"""Worlds of `classifier_scores`, `safety_labels` and `enforcement_actions`: judgements, revised and late."""

from __future__ import annotations

from typing import Any

from generator.worlds import morning
from generator.worlds.clock import HOUR, MINUTE
from generator.worlds.threshold import Daily
from generator.worlds.world import Filler, Row, World, words

_DELAYS_US = {"auto": 2 * MINUTE, "judge": 6 * HOUR, "human": 40 * HOUR}
_SCORES = (0.0, 0.1, 0.49999, 0.5, 0.5, 0.50001, 0.9, 1.0)


def draw(world: World) -> dict[str, list[Row]]:
    """Scores, labels and actions about the messages, conversations and users of this world."""
    return {
        "classifier_scores": _scores(world),
        "safety_labels": _labels(world),
        "enforcement_actions": _actions(world),
    }


def _scores(world: World) -> list[Row]:
    stream = world.stream("classifier_scores")
    filler = Filler(world, "classifier_scores", stream)
    rows: list[Row] = []
    for _ in range(world.size(stream, "classifier_scores", 8)):
        if rows and stream.chance(world.mood.repeat // 2):
            rows.append(dict(stream.pick(rows)))
            continue
        about = _message(world, filler)
        fixed: Row = {
            "message_id": about["message_id"],
            "scored_at": _moment(about, world, filler),
            "score": stream.pick(_SCORES),
        }
        rows.append(filler.row(fixed))
    return rows


def _labels(world: World) -> list[Row]:
    stream = world.stream("safety_labels")
    filler = Filler(world, "safety_labels", stream)
    rows: list[Row] = []
    if isinstance(world.threshold, Daily):
        return morning.labels(world, filler, world.threshold)
    for number in range(1, 1 + world.size(stream, "safety_labels", 8)):
        earlier = stream.pick(rows) if rows and stream.chance(30) else None
        about = _message(world, filler)
        target = stream.pick(("message", "message", "conversation"))
        fixed: Row = {
            "label_id": f"l{number}",
            "target_type": earlier["target_type"] if earlier else target,
            "message_id": earlier["message_id"] if earlier else about["message_id"] if target == "message" else None,
            "conversation_id": _conversation(world, filler, earlier, target),
            "supersedes_id": earlier["label_id"] if earlier and stream.chance(70) else None,
        }
        rows.append(
            filler.row(
                fixed | _judgement(world, filler, earlier["labelled_at"] if earlier else _moment(about, world, filler))
            )
        )
    return rows


def _conversation(world: World, filler: Filler, earlier: Row | None, target: str) -> Any:
    if earlier:
        return earlier["conversation_id"]
    return filler.stream.pick(world.conversations).id if target == "conversation" else None


def _judgement(world: World, filler: Filler, before_us: int) -> Row:
    stream = filler.stream
    source, risk = stream.pick(("auto", "judge", "human")), stream.below(4)
    labelled = before_us + world.clock.gap(stream)
    delay = _DELAYS_US[source] if stream.chance(50) else world.clock.gap(stream)
    return {
        "risk": risk,
        "category": None if risk == 0 else stream.pick(words()["category"]),
        "source": source,
        "rater_id": stream.pick(words()["rater_id"]) if source == "human" else None,
        "labelled_at": labelled,
        "available_at": labelled + delay,
    }


def _actions(world: World) -> list[Row]:
    stream = world.stream("enforcement_actions")
    filler = Filler(world, "enforcement_actions", stream)
    rows = []
    for number in range(1, 1 + world.size(stream, "enforcement_actions", 6)):
        about = _message(world, filler)
        target = stream.pick(("message", "conversation", "user"))
        identity = {
            "message": about["message_id"],
            "conversation": stream.pick(world.conversations).id,
            "user": stream.pick(world.references),
        }[target]
        moment = _moment(about, world, filler)
        rows.append(
            filler.row({"action_id": f"a{number}", "target_type": target, "target_id": identity, "acted_at": moment})
        )
    return rows


def _message(world: World, filler: Filler) -> Row:
    """A message of this world to judge, from `turns` or `message_events`; now and then one that is in neither."""
    stream = filler.stream
    known = world.rows[stream.pick(("turns", "message_events"))]
    if not known or stream.chance(10):
        return {"message_id": stream.pick(world.messages), "created_at": None}
    return stream.pick(known)


def _moment(about: Row, world: World, filler: Filler) -> int:
    start: int | None = about["created_at"]
    return world.clock.moment(filler.stream) if start is None else start + world.clock.gap(filler.stream)
