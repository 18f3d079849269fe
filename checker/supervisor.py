"""The parent's side of a child: starts it, asks it, watches its memory and time, and kills it.

Nothing a child says is believed beyond its shape: `result.py` reads every reply.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from checker.errors import RunnerError
from checker.limits import Limits

POLL_SECONDS = 0.02
READ_BYTES = 1 << 16
# Only the standard library, the engine's folder and ours are on the child's path: a file named like
# a module in the working directory is never imported.
PROGRAM = "import sys; sys.path += {path!r}; from checker.runner import main; main({parent})"


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
    """A running child. `deadline` (monotonic) is when it is killed; it counts from `open`."""

    process: subprocess.Popen[bytes]
    limits: Limits
    deadline: float = 0.0
    baseline_bytes: int = 0
    peak_bytes: int = 0
    pending: bytearray = field(default_factory=bytearray)

    @classmethod
    def start(cls, limits: Limits) -> Self:
        """Start a child that loads the engine while the parent does other work."""
        program = PROGRAM.format(path=_module_folders(), parent=os.getpid())
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"TZ": "UTC"},
            cwd="/",
            start_new_session=True,
            close_fds=True,
            bufsize=0,
        )
        return cls(process=process, limits=limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def open(self, database: Path, sql: str, *, pivot_allowed: bool = False) -> dict[str, Any]:
        """Give the child its one query; the clock starts now. The reply has its columns, or an error."""
        self.deadline = time.monotonic() + self.limits.hard_seconds
        return self.ask(
            {
                "request": "open",
                "database": str(database.resolve()),
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
        self.send(request)
        return self.receive()

    def send(self, request: dict[str, Any]) -> None:
        """Send one request without waiting, so that another child can work meanwhile."""
        line = json.dumps({**request, "output_bytes": self.limits.output_bytes}).encode() + b"\n"
        if self.process.stdin is None:
            raise RunnerError("the child has no pipe to write to; run laglead doctor")
        try:
            self.process.stdin.write(line)
        except BrokenPipeError:
            raise self._lost(Loss.CRASH) from None

    def receive(self) -> dict[str, Any]:
        """The next reply."""
        line = self._line()
        try:
            reply = json.loads(line)
        except (ValueError, RecursionError):
            raise self._lost(Loss.CRASH) from None
        if not isinstance(reply, dict):
            raise self._lost(Loss.CRASH)
        return reply

    def _line(self) -> bytes:
        if self.process.stdout is None:
            raise RunnerError("the child has no pipe to read from; run laglead doctor")
        descriptor = self.process.stdout.fileno()
        while (end := self.pending.find(b"\n")) < 0:
            if len(self.pending) > self.limits.output_bytes + READ_BYTES:
                raise self._lost(Loss.OUTPUT)
            ready, _, _ = select.select([descriptor], [], [], POLL_SECONDS)
            if ready:
                piece = os.read(descriptor, READ_BYTES)
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
        if self.deadline and time.monotonic() > self.deadline:
            raise self._lost(Loss.TIME)

    def _lost(self, loss: Loss) -> ChildLost:
        """Kill the child and say why it is gone; a crash near a limit is put down to the limit."""
        near_memory = self.peak_bytes - self.baseline_bytes > 0.8 * self.limits.memory_bytes
        self.kill()
        if loss is Loss.CRASH and self.process.returncode == -signal.SIGXCPU:
            return ChildLost(Loss.TIME)
        if loss is Loss.CRASH and near_memory:
            return ChildLost(Loss.MEMORY)
        return ChildLost(loss)

    def kill(self) -> None:
        """Kill the child's process group and reap it."""
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def resident_bytes(process: int) -> int:
    """What the process holds in memory now, 0 where that cannot be told."""
    try:
        pages = Path(f"/proc/{process}/statm").read_bytes().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _module_folders() -> list[str]:
    """The folders of the engine and of this package, found without importing the engine."""
    ours = str(Path(__file__).resolve().parent.parent)
    spec = find_spec("_duckdb") or find_spec("duckdb")
    if spec is None or spec.origin is None:
        raise RunnerError("DuckDB is not installed; run laglead doctor")
    theirs = Path(spec.origin).parent
    theirs = theirs.parent if theirs.name in ("duckdb", "_duckdb") else theirs
    return list(dict.fromkeys((str(theirs), ours)))
