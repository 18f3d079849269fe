"""Worlds of `incidents` and `log_window`: placeholders, open ends, and a window that ends on a threshold."""

from __future__ import annotations

from generator.worlds.clock import DAY
from generator.worlds.world import Filler, Row, World


def draw(world: World) -> dict[str, list[Row]]:
    """Incidents in their plausible order, and the one row of `log_window`."""
    stream = world.stream("incidents")
    filler = Filler(world, "incidents", stream)
    rows = [_incident(world, filler, f"i{n}") for n in range(1, 1 + world.size(stream, "incidents", 8))]
    return {"incidents": rows, "log_window": [_window(world)]}


def _incident(world: World, filler: Filler, identity: str) -> Row:
    """started <= detected <= mitigated <= resolved; not back-filled is NULL, a placeholder equals detected_at."""
    stream = filler.stream
    started = world.clock.moment(stream)
    detected = started + world.clock.gap(stream)
    mitigated = None if stream.chance(25) else detected + world.clock.gap(stream)
    resolved = None if mitigated is None or stream.chance(25) else mitigated + world.clock.gap(stream)
    fixed = {"incident_id": identity, "detected_at": detected, "mitigated_at": mitigated, "resolved_at": resolved}
    fixed["started_at"] = stream.pick((started, started, started, started, detected, None))
    return filler.row(fixed)


def _window(world: World) -> Row:
    """A window that holds every message, and ends a gap after the last one of `turns` or of the log."""
    stream = world.stream("log_window")
    of_turns = [row["created_at"] for row in world.rows["turns"] if row["created_at"] is not None]
    of_events = [row["created_at"] for row in world.rows["message_events"] if row["created_at"] is not None]
    last = max((*of_turns, *of_events), default=world.clock.start_us)
    first = min((*of_turns, *of_events), default=world.clock.start_us)
    ends = last + max(1, world.clock.gap(stream))
    return {"starts_at": first - stream.pick((0, DAY)), "ends_at": ends, "extracted_at": ends + stream.pick((1, DAY))}
