"""The child's work on small databases: one LATERAL join over all of them, or one after the other in isolation."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from checker import engine
from checker.answers import Answers, target
from checker.canonical import quote
from checker.sql_text import statement
from checker.world_tables import WorldTables

MOST_FAILING = 200
MOST_HALVINGS = 40


@dataclass(slots=True)
class WorldRun:
    """What became of a query in each of some small databases; `failures` are [world, facts]."""

    method: str
    evaluated: list[int] = field(default_factory=list)
    failures: list[list[Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bounds:
    """`until` is on the monotonic clock; at the first failure it may be enough."""

    until: float
    stop_at_failure: bool

    def reached(self, failures: int) -> bool:
        """Whether to stop before the next small database."""
        return time.monotonic() >= self.until or failures >= MOST_FAILING or (failures > 0 and self.stop_at_failure)


@dataclass(frozen=True, slots=True)
class Task:
    """Small databases to run a query in, the result's name, and how long that may take."""

    worlds: list[int]
    source: str
    bounds: Bounds


def laterally(work: Answers, tables: WorldTables, task: Task) -> WorldRun | None:
    """The query in every small database by one join; None where only a loop can tell.

    Where the query raises in some, halving finds them. A failure is not yet one of the query by itself:
    a join may evaluate what the query alone would not.
    """
    connection = work.connections[0]
    connection.execute("USE memory")
    try:
        return _joined(work, tables, task)
    finally:
        connection.execute(f"USE {engine.NATIVE}")


def _joined(work: Answers, tables: WorldTables, task: Task) -> WorldRun | None:
    connection = work.connections[0]
    into = f"CREATE OR REPLACE TEMP TABLE {target(task.source)} AS"
    try:
        connection.execute(_lateral(work, tables, task.worlds, into))
    except Exception as error:
        _raise_if_spent(error)
        return _halved(work, tables, task) if _can_be_joined(work, tables, task) else None
    work.places[task.source] = connection
    return WorldRun("lateral", task.worlds)


def _raise_if_spent(error: Exception) -> None:
    """Another way helps only where it was neither time nor memory that gave out."""
    if engine.failure(error, prefix_bytes=0, size_bytes=0)["kind"] in ("timeout", "memory"):
        raise error


def _can_be_joined(work: Answers, tables: WorldTables, task: Task) -> bool:
    """Whether the engine plans the join at all: then it was a value that raised."""
    try:
        work.connections[0].execute(_lateral(work, tables, task.worlds, "EXPLAIN"))
    except Exception:
        return False
    return True


def _halved(work: Answers, tables: WorldTables, task: Task) -> WorldRun | None:
    """Join halves of the small databases until those that raise stand alone; None when there are many."""
    connection = work.connections[0]
    connection.execute(work.empty(task.source))
    work.places[task.source] = connection
    found = WorldRun("halved")
    waiting = [task.worlds]
    into = f"INSERT INTO {target(task.source)}"
    for _ in range(MOST_HALVINGS):
        if not waiting or task.bounds.reached(len(found.failures)):
            return found
        part = waiting.pop()
        try:
            connection.execute(_lateral(work, tables, part, into))
            found.evaluated += part
        except Exception as error:
            _raise_if_spent(error)
            if len(part) == 1:
                found.failures.append([part[0], engine.failure(error, prefix_bytes=0, size_bytes=0)])
            else:
                waiting += [part[len(part) // 2 :], part[: len(part) // 2]]
    return None


def _lateral(work: Answers, tables: WorldTables, worlds: Sequence[int], into: str) -> str:
    named = [
        statement(
            "world_table", table=quote(table), source=tables.source(table), hidden=tables.excluded, column=tables.column
        )
        for table in work.database.named_in(work.query)
    ]
    return statement(
        "answer_in_every_world",
        into=into,
        tables="WITH " + ", ".join(named) if named else "",
        query=work.query,
        columns=work.names,
        worlds=", ".join(map(str, worlds)),
    )


def in_turn(work: Answers, tables: WorldTables, task: Task) -> WorldRun:
    """The query in one small database after the other, each the only data there is.

    The first row order of every one comes before the second.
    """
    connection, place = work.isolated(), target(task.source)
    names = work.database.named_in(work.query)
    connection.execute(work.empty(task.source))
    work.places[task.source] = connection
    found = WorldRun("loop")
    for world in sorted(task.worlds, key=lambda number: (number % 2, number)):
        if task.bounds.reached(len(found.failures)):
            break
        failed = _alone(work, tables, names, world, place)
        if failed is None:
            found.evaluated.append(world)
        else:
            found.failures.append([world, failed])
    return found


def _alone(work: Answers, tables: WorldTables, names: Sequence[str], world: int, place: str) -> dict[str, Any] | None:
    connection = work.isolated()
    for table in names:
        rows = f"SELECT * EXCLUDE ({tables.excluded}) FROM {tables.source(table)} WHERE {tables.column} = {world}"
        connection.execute(f"CREATE OR REPLACE TABLE {quote(table)} AS {rows}")
    sql = statement("answer_in_one_world", target=place, world=str(world), query=work.query, columns=work.names)
    try:
        engine.run(connection, sql, work.query)
    except engine.QueryFailed as failed:
        if failed.facts["kind"] in ("timeout", "memory"):
            raise
        return failed.facts
    return None
