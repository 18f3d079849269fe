"""Looks at a learner's query in a process of its own: its steps, and what it would be with one mistake less."""

from __future__ import annotations

import json
import os
import select
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from checker import process, sandbox
from checker.process import Process, Role

MOST_BYTES = 8 << 20
MEMORY_BYTES = 512 << 20
CPU_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """A query with one mistake less; `clause`, `step` and `line` say where in the learner's text it was made."""

    mistake: str
    clause: str
    step: str
    line: int
    sql: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the child made of a query; empty when it could not read it in time."""

    candidates: tuple[Candidate, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()


def look(sql: str, manifest: Path, seconds: float) -> Seen:
    """Everything that one repair makes of the query. What the child says is believed in its shape only."""
    child = process.start(Role.MISTAKES)
    try:
        request = json.dumps({"sql": sql, "manifest": str(manifest.resolve())}).encode() + b"\n"
        raw = json.loads(exchange(child, request, time.monotonic() + seconds))
        candidates = tuple(
            Candidate(str(c["mistake"]), str(c["clause"]), str(c["step"]), int(c["line"]), str(c["sql"]))
            for c in raw["candidates"]
        )
        return Seen(candidates, tuple((str(name), str(text)) for name, text in raw["steps"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Seen()
    finally:
        child.stop()


def exchange(child: Process, request: bytes, deadline: float) -> bytes:
    """What a child replies to one request, as far as it came in time."""
    reply = bytearray()
    while len(reply) <= MOST_BYTES and time.monotonic() < deadline:
        writing = [child.requests] if request else []
        ready, free, _ = select.select([child.replies], writing, [], max(0.0, deadline - time.monotonic()))
        if free:
            request = request[os.write(child.requests, request) :]
        piece = os.read(child.replies, 1 << 16) if ready else b""
        reply += piece
        if ready and not piece:
            break
    return bytes(reply)


def main(parent: int) -> None:
    """The child: one line on standard input, one object on standard output."""
    _warm()
    reading, writing = sandbox.detach_streams()
    with os.fdopen(reading, "rb") as requests, os.fdopen(writing, "wb") as replies:
        request = json.loads(requests.readline())
        sandbox.harden(sandbox.Confinement((request["manifest"],), MEMORY_BYTES, CPU_SECONDS, parent))
        replies.write(json.dumps(_seen(request)).encode())


def _warm() -> None:
    """Load the parser, the operators and all that they need: once it is locked up, the child can open no file."""
    import_module("checker.steps")
    import_module("checker.mutant").repairs("WITH a AS (SELECT 1 AS one FROM t) SELECT one FROM a WHERE one > 0")


def _seen(request: dict[str, Any]) -> dict[str, Any]:
    from checker.mutant import parse, repairs  # noqa: PLC0415 - loads sqlglot, which the parent must not
    from checker.profile import Profile  # noqa: PLC0415
    from checker.steps import steps  # noqa: PLC0415

    profile = Profile.from_manifest(json.loads(Path(request["manifest"]).read_bytes()))
    tree = parse(request["sql"], profile)
    candidates = [
        {"mistake": m.mistake, "clause": m.operator.clause, "step": m.step, "line": m.line, "sql": m.sql}
        for m in repairs(request["sql"], profile)
    ]
    return {"candidates": candidates, "steps": steps(tree)}
