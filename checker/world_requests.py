"""The requests of the parent that are about small databases."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from checker import engine, world_run, world_tables
from checker.answers import ALONE, Answers
from checker.budget import Budget
from checker.world_run import Bounds, Task, WorldRun
from checker.world_tables import WorldTables

Make = Callable[[Any, str], WorldTables]
"""Makes the tables over a connection and the name under which it knows the native file."""


def worlds(work: Answers, ask: dict[str, Any], budget: Budget) -> dict[str, Any]:
    """The query in worlds that came with the data."""
    return _run(work, lambda _, catalog: world_tables.stored(catalog), ask["worlds"], ask, budget)


def cut(work: Answers, ask: dict[str, Any], budget: Budget) -> dict[str, Any]:
    """The query in small databases of chosen rows."""

    def make(connection: Any, catalog: str) -> WorldTables:
        used = work.database.named_in(work.query)
        return world_tables.cut(connection, catalog, used, ask["origin"], ask["chosen"])

    return _run(work, make, range(ask["count"]), ask, budget)


def split(work: Answers, ask: dict[str, Any], budget: Budget) -> dict[str, Any]:
    """The query on the log of each entity alone."""

    def make(connection: Any, catalog: str) -> WorldTables:
        return world_tables.split(connection, catalog, ask)

    found = _run(work, make, range(ask["count"]), ask, budget)
    return {**found, "sizes": world_tables.sizes(work.connections[0], ask["plan"])}


def members(work: Answers, ask: dict[str, Any]) -> dict[str, Any]:
    """The rows of one small database."""
    find = world_tables.stored_members if ask["origin"] == "worlds" else world_tables.members
    return {"members": find(work.connections[0], ask["tables"], ask["world"])}


def values(work: Answers, ask: dict[str, Any]) -> dict[str, Any]:
    """The entities in one bucket."""
    return {"values": world_tables.values(work.connections[0], ask["world"])}


def links(work: Answers, ask: dict[str, Any]) -> dict[str, Any]:
    """Which rows name which others by their foreign keys."""
    return {"links": world_tables.links(work.connections[0], ask["origin"], ask["pieces"], ask["references"])}


def _run(work: Answers, make: Make, numbers: Sequence[int], ask: dict[str, Any], budget: Budget) -> dict[str, Any]:
    bounds = Bounds(min(budget.deadline, time.monotonic() + ask["seconds"]), bool(ask["stop_at_failure"]))
    task = Task(list(numbers), str(ask["source"]), bounds)
    run = None if ask["isolated"] else _joined(work, make, task)
    if run is None:
        run = world_run.in_turn(work, make(work.isolated(), engine.ISOLATED_SOURCE), task)
    return {
        "method": run.method,
        "evaluated": run.evaluated,
        "failures": run.failures,
        "parts": work.digests(task.source),
        "falls": work.falls(task.source) if ask["isolated"] else [],
    }


def _joined(work: Answers, make: Make, task: Task) -> WorldRun | None:
    """The joined run with failures that were seen in isolation; None where it does not hold."""
    run = world_run.laterally(work, make(work.connections[0], engine.NATIVE), task)
    if run is None or not run.failures:
        return run
    failing = replace(task, worlds=[world for world, _ in run.failures], source=ALONE)
    alone = world_run.in_turn(work, make(work.isolated(), engine.ISOLATED_SOURCE), failing)
    return None if alone.evaluated else replace(run, failures=alone.failures)
