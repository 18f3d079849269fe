"""The child: a process of its own that runs one SQL text, the learner's or the reference's, and says what came out.

It reads one JSON request per line and writes one JSON line per request. It never sees two texts.
Requests: open (first, once), expect, log, worlds, cut, split, members, values, links, rows, tally, inputs, sizes,
world_list, loose_ends, run.
"""

from __future__ import annotations

import json
import math
import os
import resource
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from checker import engine, growth, loose_ends, sandbox, shown, world_requests
from checker.answers import Answers, Expected
from checker.budget import Budget
from checker.canonical import Closeness, quote, text
from checker.column_type import parse
from checker.limits import OUT_OF_MEMORY

WATCH_EVERY_SECONDS = 0.02
LONGEST_REQUEST_BYTES = 4 << 20


@dataclass(slots=True)
class Session:
    """The one query of this process."""

    answers: Answers
    connection: Any
    pivot: bool = False


def main(parent: int) -> None:
    """Serve requests until the parent closes the pipe."""
    engine.prepare(1)
    serve(*sandbox.detach_streams(), parent)


def warm() -> None:
    """Do once what every child would do after it was forked; no thread and no connection is left."""
    engine.warm()
    engine.prepare(2)  # a rejection is confirmed beside the log, in an empty database


def serve(reading: int, writing: int, parent: int) -> None:
    """Answer the requests on one descriptor on the other."""
    budget = Budget(math.inf)
    session: Session | None = None
    with os.fdopen(reading, "rb") as requests, os.fdopen(writing, "wb") as replies:
        while line := requests.readline(LONGEST_REQUEST_BYTES):
            request = json.loads(line)
            budget.begin()
            try:
                if session is None:
                    session, reply = _open(request, parent, budget)
                else:
                    reply = _answer(session, request, budget)
            except Exception as error:
                reply = {"error": _failure(error, budget)}
            budget.end()
            _send(replies, {**reply, "spent_seconds": time.process_time()}, int(request.get("output_bytes", 1 << 20)))


def _send(replies: Any, reply: dict[str, Any], most_bytes: int) -> None:
    line = json.dumps(reply).encode() + b"\n"
    if len(line) > most_bytes:
        line = json.dumps({"error": {"kind": "output", "message": "the result is too large to show"}}).encode() + b"\n"
    replies.write(line)
    replies.flush()


def _failure(error: Exception, budget: Budget) -> dict[str, Any]:
    facts = engine.failure(error, prefix_bytes=1 << 30, size_bytes=0)
    return {**facts, "kind": "timeout"} if budget.used_up else facts


def _open(request: dict[str, Any], parent: int, budget: Budget) -> tuple[Session, dict[str, Any]]:
    """Harden, connect, lock, and bind the query without running it."""
    database = engine.Database(
        request["database"], tuple(request["tables"]), request["threads"], request["engine_memory_bytes"]
    )
    confinement = sandbox.Confinement(
        readable=(database.path,),
        memory_bytes=request["memory_bytes"],
        cpu_seconds=request["cpu_seconds"],
        parent=parent,
    )
    layers = sandbox.harden(confinement)
    try:
        connection = engine.connect(database)
    except Exception as error:
        raise engine.QueryFailed({"kind": "dataset", "message": engine.words(error)}) from error
    held = [connection]
    budget.seconds = request["soft_seconds"]
    threading.Thread(target=_watch, args=(held, budget, request["memory_bytes"]), daemon=True).start()
    query, pivot = engine.one_select(connection, request["sql"], pivot_allowed=bool(request["pivot_allowed"]))
    described = engine.columns(connection, query)
    engine.keep_to_the_log(database, query)
    session = Session(Answers(database, query, described, connections=held), connection, pivot)
    return session, {"engine": engine.version(), "layers": layers, "columns": described}


def _watch(connections: list[Any], budget: Budget, memory_bytes: int) -> None:
    """Interrupt what runs over its time; end the process when it holds too much, should the parent not see it."""
    most = _peak_bytes() + memory_bytes
    while True:
        time.sleep(WATCH_EVERY_SECONDS)
        if _peak_bytes() > most:
            os._exit(OUT_OF_MEMORY)
        if budget.used_up:
            for connection in tuple(connections):
                connection.interrupt()


def _peak_bytes() -> int:
    """The most that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * sandbox.PEAK_UNIT_BYTES


def _answer(session: Session, request: dict[str, Any], budget: Budget) -> dict[str, Any]:
    """The reply to every request but the first: what the requests mean stands beside their names."""
    work, ask = session.answers, request
    replies: dict[str, Callable[[], dict[str, Any]]] = {
        "expect": lambda: _expect(work, ask),
        "log": lambda: work.on_log(ask["order"]),
        "worlds": lambda: world_requests.worlds(work, ask, budget),
        "cut": lambda: world_requests.cut(work, ask, budget),
        "split": lambda: world_requests.split(work, ask, budget),
        "members": lambda: world_requests.members(work, ask),
        "values": lambda: world_requests.values(work, ask),
        "links": lambda: world_requests.links(work, ask),
        "rows": lambda: work.rows(
            ask["source"], ask["parts"], first=ask["first"], most=ask["most"], hashes=ask["hashes"]
        ),
        "tally": lambda: work.tally(ask["source"], ask["parts"], first=ask["first"], most=ask["most"]),
        "inputs": lambda: {"tables": shown.inputs(session.connection, ask)},
        "sizes": lambda: {"sizes": _sizes(session.connection, ask["tables"])},
        "world_list": lambda: {"worlds": _world_list(session.connection, ask["blocks"])},
        "loose_ends": lambda: loose_ends.find(session.connection, work.query),
        "grown": lambda: growth.measured(work, ask["factor"], ask["tables"], ask["share"]),
        "run": lambda: shown.shown(session.connection, work.query, work.described, ask["most"]),
    }
    return replies[ask["request"]]()


def _expect(work: Answers, request: dict[str, Any]) -> dict[str, Any]:
    work.expected = _expected(request)
    return {}


def _expected(request: dict[str, Any]) -> Expected:
    return Expected(
        columns=tuple(
            (number, replace(parse(kind), unordered=unordered)) for number, kind, unordered in request["columns"]
        ),
        order=tuple((position, descending) for position, descending in request["order"]),
        close=Closeness(request["relative"], request["absolute"]),
    )


def _sizes(connection: Any, tables: list[str]) -> list[list[int]]:
    """[world, rows of these tables in it] of every world that has any."""
    counted = " UNION ALL ".join(f"SELECT world FROM {engine.NATIVE}.worlds.{quote(table)}" for table in tables)
    if not tables:
        return []
    rows = connection.execute(f"SELECT world, count(*) FROM ({counted}) GROUP BY world ORDER BY world").fetchall()
    return [[int(world), int(count)] for world, count in rows]


def _world_list(connection: Any, blocks: list[str]) -> list[list[int]]:
    """[world, pair, permutation] of the worlds of these blocks."""
    rows = connection.execute(
        f"SELECT world, pair, permutation FROM {engine.NATIVE}.worlds.world_list "
        f"WHERE block IN ({', '.join(map(text, blocks))}) ORDER BY world"
    ).fetchall()
    return [[int(world), int(pair), int(permutation)] for world, pair, permutation in rows]
