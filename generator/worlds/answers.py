"""Worlds that count answers: models that answer, fail and decline several times in a row, mostly at one place."""

from __future__ import annotations

from typing import Any

from generator.model import tables
from generator.worlds.clock import DAY
from generator.worlds.world import Filler, Row, World, draw_value

# What happens to the answers of one world: long runs of failures, runs that are broken, refusals in a row.
_STATUSES = (
    (500, 529, 500, 529),
    (500, 500, 500, 500, 529, 529, 200),
    (500, 529, 500, 500, 529, 429),
    (500, 500, 500, 529, 529, 429, 200),
    (500, 500, 500, 500, 529, 529, 529, 429, 200),
    (500, 500, 500, 529, 529, 200),
    (500, 500, 500, 529, 529, 429, 200),
    (500, 500, 500, 529, 529, 529, 429, 200),
    (200, 200, 200, 500, 429),
    (200,),
    (200,),
)
_KEPT = ("model_version", "region", "region")
_REFUSALS = ((True, True, False, None), (True, False, False), (True, True, False))
_ELSEWHERE, _UNFINISHED, _NOWHERE, _SETTLED = (18, 18, 18, 50), 35, 25, 70


def columns(filler: Filler, role: str, moment: int) -> Row:
    """What became of an answer, as its world has it; tool and system rows succeed, and stand at the same place."""
    world, stream = filler.world, filler.stream
    if role != "assistant":
        return {"status": 200, "created_at": moment, **_place(world)}
    manner = world.stream("turns", "manner")
    statuses, refusals = manner.pick(_STATUSES), manner.pick(_REFUSALS)
    row: Row = {"status": stream.pick(statuses), "is_refusal": stream.pick(refusals)}
    # In some worlds one model answers many people at the same instant.
    elsewhere = manner.pick(_ELSEWHERE)
    coarse = DAY if elsewhere == 50 else manner.pick((1, 1, DAY))
    row |= {"created_at": moment // coarse * coarse} if stream.chance(80) else {}
    row |= {"completed_at": None} if stream.chance(_UNFINISHED) else {}
    if stream.chance(elsewhere):
        # Another model or another region works while the usual one fails, or fails along with it.
        kept = manner.pick(("region", "region", "model_version")) if elsewhere == 50 else stream.pick(_KEPT)
        works = (200, 200, row["status"]) if elsewhere < 50 else (row["status"],)
        return row | {"status": stream.pick(works), kept: _place(world)[kept]}
    return row | _place(world)


def settle(world: World, rows: list[Row]) -> None:
    """Let the last call of most models at most places succeed, so that what failed before it is over."""
    stream = world.stream("turns", "settle")
    calls = [row for row in rows if row["role"] == "assistant" and row["created_at"] is not None]
    last = {(row["model_version"], row["region"]): row for row in sorted(calls, key=lambda row: int(row["created_at"]))}
    for row in last.values():
        if stream.chance(_SETTLED):
            row["status"] = 200


def _place(world: World) -> dict[str, Any]:
    """The model and region that most answers of this world share; in some worlds one of them is not known."""
    table, stream = tables()["turns"], world.stream("turns", "place")
    usual = {name: draw_value(world, table.column(name), stream) for name in ("model_version", "region")}
    return {name: None if stream.chance(_NOWHERE) else value for name, value in usual.items()}
