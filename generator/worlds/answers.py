"""Worlds that count answers: models that answer, fail and decline several times in a row, mostly at one place."""

from __future__ import annotations

from typing import Any

from generator.model import tables
from generator.worlds.world import Filler, Row, World, draw_value

# What happens to the answers of one world: long runs of failures, runs that are broken, refusals in a row.
_STATUSES = (
    (500, 529, 500, 529),
    (500, 500, 500, 529, 200),
    (500, 529, 500, 500, 429),
    (500, 500, 529, 429, 200),
    (200, 200, 200, 500, 429),
    (200,),
    (200,),
)
_REFUSALS = ((True, True, False, None), (True, False, False), (True, True, False))
_ELSEWHERE, _UNFINISHED = 15, 35


def columns(filler: Filler, moment: int) -> Row:
    """Status, refusal, mostly model and region, and sometimes the missing end of one answer, as its world has them."""
    world, stream = filler.world, filler.stream
    manner = world.stream("turns", "manner")
    statuses, refusals = manner.pick(_STATUSES), manner.pick(_REFUSALS)
    row: Row = {"status": stream.pick(statuses), "is_refusal": stream.pick(refusals)}
    row |= {"created_at": moment} if stream.chance(80) else {}
    row |= {"completed_at": None} if stream.chance(_UNFINISHED) else {}
    return row if stream.chance(_ELSEWHERE) else row | _place(world)


def _place(world: World) -> dict[str, Any]:
    """The model and region that most answers of this world share."""
    table = tables()["turns"]
    return {
        name: draw_value(world, table.column(name), world.stream("turns", name)) for name in ("model_version", "region")
    }
