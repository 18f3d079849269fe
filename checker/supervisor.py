"""The parent's side of a child: starts it, asks it, watches its memory and time, and kills it.

Nothing a child says is believed beyond its shape: `result.py` reads every reply.
"""

from __future__ import annotations

import json
import os
import select
import signal
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from checker import process
from checker.budget import Budget
from checker.limits import OUT_OF_MEMORY, Limits
from checker.process import Process, Role

POLL_SECONDS = 0.02
READ_BYTES = 1 << 16


class Loss(Enum):
    """Why a child is gone."""

    TIME = "time"
    MEMORY = "memory"
    OUTPUT = "output"
    CRASH = "crash"


class ChildLost(Exception):
    """The child was killed for a limit, or died."""

    def __init__(self, loss: Loss) -> None:
        super().__init__(loss.value)
        self.loss = loss


@dataclass(slots=True)
class Child:
    """A running child. Its time counts from `open`, and only while it owes a reply."""

    process: Process
    limits: Limits
    budget: Budget
    baseline_bytes: int = 0
    peak_bytes: int = 0
    pending: bytearray = field(default_factory=bytearray)
    lost: Loss | None = None

    @classmethod
    def start(cls, limits: Limits) -> Self:
        """Start a child that loads the engine while the parent does other work."""
        return cls(process.start(Role.QUERY), limits, Budget(limits.hard_seconds))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def open(self, database: Path, tables: Sequence[str], sql: str, *, pivot_allowed: bool = False) -> dict[str, Any]:
        """Give the child its one query; the clock starts now. The reply has its columns, or an error.

        `tables` are the log's, all that the database has in its schema `main`.
        """
        return self.ask(
            {
                "request": "open",
                "database": str(database.resolve()),
                "tables": list(tables),
                "sql": sql,
                "pivot_allowed": pivot_allowed,
                "threads": self.limits.threads,
                "engine_memory_bytes": self.limits.engine_memory_bytes,
                "memory_bytes": self.limits.memory_bytes,
                "soft_seconds": self.limits.soft_seconds,
                "cpu_seconds": int(self.limits.hard_seconds * (self.limits.threads + 1)) + 2,
            }
        )

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send one request and wait for its reply; ChildLost when it has to be killed or died."""
        if self.lost is not None:
            raise ChildLost(self.lost)
        self.budget.begin()
        try:
            self._send(json.dumps({**request, "output_bytes": self.limits.output_bytes}).encode() + b"\n")
            reply = json.loads(self._line())
        except (ValueError, RecursionError):
            raise self._lost(Loss.CRASH) from None
        finally:
            self.budget.end()
        if not isinstance(reply, dict):
            raise self._lost(Loss.CRASH)
        return reply

    def _send(self, line: bytes) -> None:
        # A child that no longer reads must not hold its parent: the pipe does not block.
        while line:
            _, ready, _ = select.select([], [self.process.requests], [], POLL_SECONDS)
            try:
                line = line[os.write(self.process.requests, line) :] if ready else line
            except BlockingIOError:
                pass  # room for less than a whole piece
            except OSError:
                raise self._lost(Loss.CRASH) from None
            self._watch()

    def _line(self) -> bytes:
        while (end := self.pending.find(b"\n")) < 0:
            if len(self.pending) > self.limits.output_bytes + READ_BYTES:
                raise self._lost(Loss.OUTPUT)
            ready, _, _ = select.select([self.process.replies], [], [], POLL_SECONDS)
            if ready:
                piece = os.read(self.process.replies, READ_BYTES)
                if not piece:
                    raise self._lost(Loss.CRASH)
                self.pending += piece
            self._watch()
        line = bytes(self.pending[:end])
        del self.pending[: end + 1]
        return line

    def _watch(self) -> None:
        held = resident_bytes(self.process.pid)
        self.baseline_bytes = self.baseline_bytes or held
        self.peak_bytes = max(self.peak_bytes, held)
        if held - self.baseline_bytes > self.limits.memory_bytes:
            raise self._lost(Loss.MEMORY)
        if self.budget.used_up and b"\n" not in self.pending:
            raise self._lost(Loss.TIME)

    def _lost(self, loss: Loss) -> ChildLost:
        """Kill the child and say why it is gone; a crash near a limit is put down to the limit."""
        near_memory = self.peak_bytes - self.baseline_bytes > 0.8 * self.limits.memory_bytes
        ended = self.process.stop()
        if loss is Loss.CRASH and ended == -signal.SIGXCPU:
            loss = Loss.TIME
        elif loss is Loss.CRASH and (near_memory or ended == OUT_OF_MEMORY):
            loss = Loss.MEMORY
        self.lost = loss
        return ChildLost(loss)

    def kill(self) -> None:
        """Kill the child's process group and reap it."""
        self.lost = self.lost or Loss.CRASH
        self.process.stop()


def resident_bytes(process: int) -> int:
    """What the process holds in memory now, 0 where that cannot be told."""
    try:
        pages = Path(f"/proc/{process}/statm").read_bytes().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
