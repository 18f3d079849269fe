"""The child: a process of its own that runs one SQL text, the learner's or the reference's, and says what came out.

It reads one JSON request per line and writes one JSON line per request. It never sees two texts.
Requests: open (first, once), expect, log, worlds, rows, one, inputs, sizes, world_list, run.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from checker import answers, engine, sandbox
from checker.answers import Answers, Expected
from checker.canonical import Closeness, quote, text
from checker.column_type import parse

INTERRUPT_EVERY_SECONDS = 0.05
LONGEST_REQUEST_BYTES = 4 << 20


@dataclass(slots=True)
class Session:
    """The one query of this process; `deadline` is on the monotonic clock."""

    answers: Answers
    connection: Any
    deadline: float
    pivot: bool = False


def main(parent: int) -> None:
    """Serve requests until the parent closes the pipe."""
    reading, writing = sandbox.detach_streams()
    session: Session | None = None
    with os.fdopen(reading, "rb") as requests, os.fdopen(writing, "wb") as replies:
        while line := requests.readline(LONGEST_REQUEST_BYTES):
            request = json.loads(line)
            try:
                if session is None:
                    session, reply = _open(request, parent)
                else:
                    reply = _answer(session, request)
            except Exception as error:
                reply = {"error": _failure(session, error)}
            _send(replies, reply, int(request.get("output_bytes", 1 << 20)))


def _send(replies: Any, reply: dict[str, Any], most_bytes: int) -> None:
    line = json.dumps(reply).encode() + b"\n"
    if len(line) > most_bytes:
        line = json.dumps({"error": {"kind": "output", "message": "the result is too large to show"}}).encode() + b"\n"
    replies.write(line)
    replies.flush()


def _failure(session: Session | None, error: Exception) -> dict[str, Any]:
    facts = engine.failure(error, prefix_bytes=1 << 30, size_bytes=0)
    if session is not None and time.monotonic() >= session.deadline:
        facts["kind"] = "timeout"
    return facts


def _open(request: dict[str, Any], parent: int) -> tuple[Session, dict[str, Any]]:
    """Harden, connect, lock, and bind the query without running it."""
    database = engine.Database(request["database"], request["threads"], request["engine_memory_bytes"])
    layers = sandbox.harden(
        readable=(database.path,),
        memory_bytes=request["memory_bytes"],
        cpu_seconds=request["cpu_seconds"],
        parent=parent,
    )
    try:
        connection = engine.connect(database)
    except Exception as error:
        raise engine.QueryFailed({"kind": "dataset", "message": str(error)}) from error
    held = [connection]
    deadline = time.monotonic() + request["soft_seconds"]
    threading.Thread(target=_interrupt, args=(held, deadline), daemon=True).start()
    query, pivot = engine.one_select(connection, request["sql"], pivot_allowed=bool(request["pivot_allowed"]))
    described = engine.columns(connection, query)
    session = Session(Answers(database, query, described, connections=held), connection, deadline, pivot)
    return session, {"engine": engine.version(), "layers": layers, "columns": described}


def _interrupt(connections: list[Any], deadline: float) -> None:
    time.sleep(max(0.0, deadline - time.monotonic()))
    while True:
        for connection in tuple(connections):
            connection.interrupt()
        time.sleep(INTERRUPT_EVERY_SECONDS)


def _answer(session: Session, request: dict[str, Any]) -> dict[str, Any]:
    """The reply to every request but the first: what the requests mean stands beside their names."""
    work, ask = session.answers, request
    replies: dict[str, Callable[[], dict[str, Any]]] = {
        "expect": lambda: _expect(work, ask),
        "log": work.on_log,
        "worlds": lambda: work.in_worlds(
            ask["worlds"],
            until=min(session.deadline, time.monotonic() + ask["seconds"]),
            stop_at_failure=ask["stop_at_failure"],
        ),
        "rows": lambda: work.rows(ask["source"], ask["parts"], first=ask["first"], most=ask["most"]),
        "one": lambda: work.in_one(ask["condition"], ask["tables"], ask["most"]),
        "inputs": lambda: {"tables": answers.inputs(session.connection, ask["condition"], ask["tables"], ask["most"])},
        "sizes": lambda: {"sizes": _sizes(session.connection, ask["tables"])},
        "world_list": lambda: {"worlds": _world_list(session.connection, ask["blocks"])},
        "run": lambda: answers.shown(session.connection, work.query, work.described, ask["most"]),
    }
    return replies[ask["request"]]()


def _expect(work: Answers, request: dict[str, Any]) -> dict[str, Any]:
    work.expected = _expected(request)
    return {}


def _expected(request: dict[str, Any]) -> Expected:
    return Expected(
        columns=tuple((number, parse(kind), unordered) for number, kind, unordered in request["columns"]),
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
