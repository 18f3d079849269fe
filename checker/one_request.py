"""One request to a child of its own and its one reply: how a text that nobody trusts is read without being run."""

from __future__ import annotations

import json
import os
import select
import time
from collections.abc import Callable
from typing import Any

from checker import process, sandbox
from checker.process import Process, Role

MOST_BYTES = 8 << 20
MEMORY_BYTES = 512 << 20

Request = dict[str, Any]


def ask(role: Role, request: Request, seconds: float) -> Any:
    """What a new child replies, from JSON; None where it did not in time. It is to be believed in its shape only."""
    child = process.start(role)
    try:
        return json.loads(_exchange(child, json.dumps(request).encode() + b"\n", time.monotonic() + seconds))
    except (OSError, ValueError, RecursionError):
        return None
    finally:
        child.stop()


def _exchange(child: Process, request: bytes, deadline: float) -> bytes:
    """What the child replies, as far as it came in time."""
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


def serve(
    answer: Callable[[Request], Any],
    parent: int,
    *,
    cpu_seconds: int,
    readable: Callable[[Request], tuple[str, ...]] = lambda _: (),
) -> None:
    """The child's side: read one request, lock up but for its `readable` files, and only then look at what it holds.

    What `answer` needs must be loaded before: afterwards no other file can be opened.
    """
    reading, writing = sandbox.detach_streams()
    with os.fdopen(reading, "rb") as requests, os.fdopen(writing, "wb") as replies:
        request = json.loads(requests.readline())
        sandbox.harden(sandbox.Confinement(readable(request), MEMORY_BYTES, cpu_seconds, parent))
        replies.write(json.dumps(answer(request)).encode())
