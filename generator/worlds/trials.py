"""Worlds of `experiments` and `exposures`: lopsided arms, repeated units, units seen in two arms."""

from __future__ import annotations

from generator.seed import Stream
from generator.worlds.world import Filler, Row, World

_SHARES = (
    (("control", 0.5), ("treatment", 0.5)),
    (("control", 0.5), ("treatment", 0.5)),
    (("control", 0.9), ("treatment", 0.1)),
    (("control", 0.1), ("treatment", 0.9)),
    (("control", 0.5), ("a", 0.25), ("b", 0.25)),
)
_MOST_UNITS = 14
# Control's planned share, units, units seen in control: a chi-square just above and just below 10.83, the 0.1 % point.
_ON_THE_POINT = ((0.48, 10, 10), (0.52, 10, 0), (0.14, 7, 4), (0.86, 7, 3))


def draw(world: World) -> dict[str, list[Row]]:
    """Experiments whose shares add up to 1, and exposures that meet them or do not."""
    stream = world.stream("experiments")
    filler = Filler(world, "experiments", stream)
    experiments: list[Row] = []
    if not stream.chance(world.mood.absent):
        for name in ("x1", "x2")[: 1 if world.near("exposures") else stream.pick((1, 1, 2))]:
            started = world.clock.moment(stream)
            unit = stream.pick(("user", "user", "conversation", "request"))
            same = {"experiment_id": name, "unit_type": unit, "started_at": started}
            same["ended_at"] = stream.pick((None, started + 1 + world.clock.gap(stream)))
            point = stream.pick(_ON_THE_POINT) if world.near("exposures") and stream.chance(12) else None
            shares = stream.pick(_SHARES) if point is None else (("control", point[0]), ("treatment", 1 - point[0]))
            experiments += [filler.row({**same, "arm": arm, "planned_share": share}) for arm, share in shares]
            if point is not None:
                return {"experiments": experiments, "exposures": _split(world, experiments, *point[1:])}
    return {"experiments": experiments, "exposures": _exposures(world, experiments)}


def _split(world: World, arms: list[Row], units: int, of_the_first: int) -> list[Row]:
    """Each unit once, so many of them in the first arm: nothing but the statistic is in doubt."""
    filler = Filler(world, "exposures", world.stream("exposures"))
    rows = [_exposure(world, filler, arms[unit >= of_the_first], unit) for unit in range(units)]
    return [{**row, "is_shadow": False} for row in rows]


def _exposures(world: World, experiments: list[Row]) -> list[Row]:
    stream = world.stream("exposures")
    filler = Filler(world, "exposures", stream)
    rows: list[Row] = []
    for name in sorted({row["experiment_id"] for row in experiments}):
        arms = [row for row in experiments if row["experiment_id"] == name]
        # One arm takes nearly all, or a chi-square of 10.83 is never crossed in a dozen units.
        favourite, lean = stream.pick(arms), stream.pick((50, 90, 100, 100))
        for unit in range(_units(world, stream, len(arms) == len(experiments))):
            arm = favourite if stream.chance(lean) else stream.pick(arms)
            rows.append(_exposure(world, filler, arm, unit))
            if stream.chance(world.mood.repeat // 2):
                rows.append(_again(world, stream, rows[-1], arms))
    return rows


def _units(world: World, stream: Stream, alone: bool) -> int:
    """How many units one experiment has; two experiments share the room of one."""
    most = _MOST_UNITS if alone else _MOST_UNITS // 2
    if world.near("exposures") is not None or stream.chance(50):
        return world.size(stream, "exposures", most)
    return min(most, stream.pick((1, 2, 5, 10, 11, 12, _MOST_UNITS))) if world.mood.fewest else stream.below(2)


def _exposure(world: World, filler: Filler, arm: Row, unit: int) -> Row:
    stream = filler.stream
    names = {
        "user": (*world.references, *(f"r{n}" for n in range(4, 60))),
        "conversation": (*(c.id for c in world.conversations), *(f"c{n}" for n in range(4, 60))),
        "request": tuple(f"q{n}" for n in range(1, 60)),
    }[arm["unit_type"]]
    reference = names[unit] if arm["unit_type"] == "user" else stream.pick(world.references)
    same = {name: arm[name] for name in ("experiment_id", "unit_type", "arm")}
    fixed = {**same, "unit_id": names[unit], "exposed_at": arm["started_at"] + world.clock.gap(stream)}
    return filler.row({**fixed, "is_shadow": stream.chance(12)}, user_ref=reference)


def _again(world: World, stream: Stream, row: Row, arms: list[Row]) -> Row:
    """The same unit once more: the same row, a later one, or one in another arm, at times at the same moment."""
    other = stream.pick(arms)["arm"] if stream.chance(40) else row["arm"]
    later = row["exposed_at"] + stream.pick((0, 0, 1, world.clock.gap(stream)))
    return {**row, "arm": other, "exposed_at": later}
