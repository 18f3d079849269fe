"""Worlds of `model_releases` and `model_prices`: overlapping rollouts and prices that follow each other."""

from __future__ import annotations

from generator.model import tables
from generator.worlds.world import Filler, Row, World, unique, words


def draw(world: World) -> dict[str, list[Row]]:
    """Windows of a rollout may overlap; the price periods of one version never do."""
    return {"model_releases": _releases(world), "model_prices": _prices(world)}


def _releases(world: World) -> list[Row]:
    stream = world.stream("model_releases")
    filler = Filler(world, "model_releases", stream)
    rows = []
    for _ in range(world.size(stream, "model_releases", 5)):
        start = world.clock.moment(stream)
        end = start + 1 + world.clock.gap(stream)
        percent = stream.pick((0, 5, 50, 100))
        rows.append(filler.row({"valid_from": start, "rollout_pct": percent}, valid_to=end))
    return unique(rows, tables()["model_releases"].keys)


def _prices(world: World) -> list[Row]:
    stream = world.stream("model_prices")
    filler = Filler(world, "model_prices", stream)
    rows: list[Row] = []
    if stream.chance(world.mood.absent):
        return rows
    for version in words()["model_version"]:
        start = world.clock.start_us - stream.pick((0, 1, world.clock.edge(stream)))
        for _ in range(stream.below(3)):
            end = None if stream.chance(40) else start + 1 + world.clock.gap(stream)
            rows.append(filler.row({"model_version": version, "valid_from": start, "valid_to": end}))
            if end is None:
                break
            start = end
    return rows
