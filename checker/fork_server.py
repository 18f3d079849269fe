"""A process that has loaded the engine and the parser and forks children from there, each used once.

It is single-threaded, runs no query, and does what its parent writes on the socket that is its standard
input (`checker.nursery`).
"""

from __future__ import annotations

import gc
import os
import socket
from importlib import import_module

from checker.nursery import FORK, NUMBER, ROLES
from checker.process import Role, close
from checker.sandbox import Confinement, harden, threads


def main(parent: int) -> None:
    """Fork and reap until the parent is gone."""
    harden(Confinement((), 0, 0, parent), ("parent-death",))
    _warm()
    server = socket.socket(fileno=os.dup(0))
    while True:
        message, descriptors, _, _ = socket.recv_fds(server, NUMBER.size, 2)
        if not message:
            return
        order, number = NUMBER.unpack(message)
        reply = _fork(ROLES[number], descriptors) if order == FORK else os.waitpid(number, 0)[1]
        server.sendall(NUMBER.pack(order, reply))


def _warm() -> None:
    for role in ROLES:
        import_module(role.module).warm()
    gc.freeze()  # what is loaded is never collected: children share its pages
    if threads() != 1:
        raise RuntimeError("a process with threads must not fork")


def _fork(role: Role, streams: list[int]) -> int:
    """The process id of a new child whose standard input and output are these descriptors."""
    parent = os.getpid()
    child = os.fork()
    if child:
        close(*streams)
        return child
    status = 1
    try:
        harden(Confinement((), 0, 0, parent), ("parent-death",))
        if os.getppid() != parent:
            os._exit(status)  # the server died before this child had asked to die with it
        os.setsid()
        for standard, descriptor in enumerate(streams):
            os.dup2(descriptor, standard)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        import_module(role.module).main(parent)
        status = 0
    finally:
        os._exit(status)  # nothing of the server's must run in the child
