"""While a nursery is open, the processes of a check are forked from one that has already loaded everything.

    with nursery():
        while ...:
            report = check(exercise, answer, dataset, cache=folder)

For those who check again and again: a file that is watched, a proof, a class (which has
`checker.classroom`). Inside, `check`, `run_query` and `QueryRun` are called as ever and behave as ever:
every process is still locked up alone, used once and killed at its limits; only starting it costs
less. Opening takes about half a second. A nursery is used by the thread that opened it and by no
other; at its end, and when this process dies, all of its processes are gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from checker.errors import RunnerError
from checker.process import Process, Role, close, forking, kill_group, launch, spawn

# What is said on the socket, both ways: an order and a number. FORK comes with a role's number and two
# descriptors and is answered by a process id; REAP comes with that id and is answered by its wait
# status. Until it is reaped, the id cannot be given to another process.
NUMBER = struct.Struct("=cq")
FORK, REAP = b"f", b"r"
ROLES = (Role.QUERY, Role.LINT)
PATIENCE_SECONDS = 30.0


@dataclass(slots=True)
class Forked:
    """A process that was forked by the server, which is its parent."""

    pid: int
    requests: int
    replies: int
    server: socket.socket
    ended: int | None = None

    def stop(self) -> int:
        if self.ended is None:
            if self.server.fileno() >= 0:  # else the child died with the server, and its id may be another's
                kill_group(self.pid)
            close(self.requests, self.replies)
            self.ended = -signal.SIGKILL  # also of a child that died with its server
            with contextlib.suppress(RunnerError):
                self.ended = os.waitstatus_to_exitcode(_ask(self.server, REAP, self.pid))
        return self.ended


@contextlib.contextmanager
def nursery() -> Iterator[Callable[[], None]]:
    """Inside, every check of this thread forks its processes; at the end they are all gone.

    What it gives can be called from another thread: it ends all processes now, so that the check under way fails.
    """
    ours, theirs = socket.socketpair()
    null = os.open(os.devnull, os.O_WRONLY)
    with ours:
        with theirs:
            server = launch(Role.FORKING, theirs.fileno(), null)
        close(null)
        ours.settimeout(PATIENCE_SECONDS)
        before = forking.set(partial(_fork, ours))
        try:
            yield server.kill
        finally:
            forking.reset(before)
            server.kill()  # its children die with it
            server.wait()


def _fork(server: socket.socket, role: Role) -> Process:
    if role not in ROLES:
        return spawn(role)  # too rare to be kept loaded
    reading_end, requests = os.pipe()
    replies, writing_end = os.pipe()
    try:
        pid = _ask(server, FORK, ROLES.index(role), reading_end, writing_end)
    except RunnerError:
        close(requests, replies)
        raise
    finally:
        close(reading_end, writing_end)
    os.set_blocking(requests, False)
    return Forked(pid, requests, replies, server)


def _ask(server: socket.socket, order: bytes, number: int, *descriptors: int) -> int:
    try:
        socket.send_fds(server, [NUMBER.pack(order, number)], descriptors)
        reply = server.recv(NUMBER.size, socket.MSG_WAITALL)
    except OSError as error:
        raise RunnerError(f"the process that forks queries is gone ({error}); run laglead doctor") from error
    if len(reply) != NUMBER.size:
        raise RunnerError("the process that forks queries is gone; run laglead doctor")
    return int(NUMBER.unpack(reply)[1])
