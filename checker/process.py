"""The processes of a check: started on their own, or forked from a nursery where one is open.

It is loaded before all else, and its processes load while everything else does: so it does without
pathlib and dataclasses, which would make them wait.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextvars import ContextVar
from enum import Enum
from functools import cache
from importlib.util import find_spec
from typing import Protocol

from checker.errors import RunnerError

# Only the standard library, the packages it needs and ours are on the child's path: a file named like
# a module in the working directory is never imported.
PROGRAM = "import sys; sys.path += {path!r}; from {module} import main; main({parent})"


class Role(Enum):
    """What a process is for: the module whose `main` it runs, and the packages that this needs."""

    QUERY = ("checker.runner", ("_duckdb", "duckdb"))
    LINT = ("checker.lint_child", ("sqlglot",))
    TRANSLATION = ("checker.translation_child", ("sqlglot",))
    SHAPE = ("checker.shape_child", ("sqlglot",))
    MISTAKES = ("checker.mistake_child", ("sqlglot",))
    READING = ("checker.reading_child", ("sqlglot",))
    FORKING = ("checker.fork_server", ("_duckdb", "duckdb", "sqlglot"))

    def __init__(self, module: str, packages: tuple[str, ...]) -> None:
        self.module, self.packages = module, packages


class Process(Protocol):
    """A running process: `requests` is the descriptor to write to, `replies` the one to read from."""

    @property
    def pid(self) -> int: ...
    @property
    def requests(self) -> int: ...
    @property
    def replies(self) -> int: ...
    def stop(self) -> int:
        """Kill its group, reap it, and say how it ended: an exit code, or minus the signal."""


Start = Callable[[Role], Process]
# Set while a nursery is open: `checker.nursery`.
forking: ContextVar[Start | None] = ContextVar("forking", default=None)


_ahead: dict[Role, list[Spawned]] = {}


def start_ahead(*roles: Role) -> None:
    """Start what will be needed for certain, so that it loads while this process loads, too.

    What is not asked for in the end reads the end of its requests when we end, and ends with it.
    """
    for role in roles:
        with contextlib.suppress(RunnerError, OSError):  # said when it is needed
            _ahead.setdefault(role, []).append(spawn(role))


def start(role: Role) -> Process:
    """A process in a session of its own, without environment, that reads requests and writes replies."""
    fork = forking.get()
    if fork is not None:
        return fork(role)
    return _ahead[role].pop() if _ahead.get(role) else spawn(role)


class Spawned:
    """A process that runs a Python of its own."""

    __slots__ = ("process", "replies", "requests")

    def __init__(self, process: subprocess.Popen[bytes], requests: int, replies: int) -> None:
        self.process, self.requests, self.replies = process, requests, replies

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self) -> int:
        if self.process.returncode is None:
            kill_group(self.process.pid)
            self.process.wait()
            close(self.requests, self.replies)
        return int(self.process.returncode)


def spawn(role: Role) -> Spawned:
    """Start a Python for this role; it loads what it needs while we do other work."""
    reading_end, requests = os.pipe()
    replies, writing_end = os.pipe()
    try:
        process = launch(role, reading_end, writing_end)
    except BaseException:
        close(requests, replies)
        raise
    finally:
        close(reading_end, writing_end)
    os.set_blocking(requests, False)
    return Spawned(process, requests, replies)


def launch(role: Role, reading: int, writing: int) -> subprocess.Popen[bytes]:
    """Run the role's `main` with these descriptors as its standard input and output."""
    program = PROGRAM.format(path=_module_folders(role.packages), module=role.module, parent=os.getpid())
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", program],
        stdin=reading,
        stdout=writing,
        stderr=subprocess.DEVNULL,
        env={"TZ": "UTC"},
        cwd="/",
        start_new_session=True,
    )


def kill_group(leader: int) -> None:
    """Kill a process and what it may have started."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(leader, signal.SIGKILL)


def close(*descriptors: int) -> None:
    """Close them, as far as they are open."""
    for descriptor in descriptors:
        with contextlib.suppress(OSError):
            os.close(descriptor)


@cache
def engine_version() -> str:
    """The installed engine's version, without importing it, nor what reads a package's whole metadata."""
    spec = find_spec("duckdb")
    if spec is None or spec.origin is None:
        raise RunnerError("DuckDB is not installed; run laglead doctor")
    for name in os.listdir(os.path.dirname(os.path.dirname(spec.origin))):  # noqa: PTH120, PTH208
        if name.startswith("duckdb-") and name.endswith(".dist-info"):
            return name.removeprefix("duckdb-").removesuffix(".dist-info")
    from importlib.metadata import version  # noqa: PLC0415 - slow, and seldom needed

    return version("duckdb")


def _module_folders(packages: tuple[str, ...]) -> list[str]:
    """The folders of these packages and of our own, found without importing any of them."""
    specs = (find_spec(name) for name in packages)
    folders = [_parent(spec.origin) for spec in specs if spec is not None and spec.origin is not None]
    if not folders:
        raise RunnerError(f"none of {', '.join(packages)} is installed; run laglead doctor")
    return list(dict.fromkeys((*folders, _parent(os.path.join(os.path.dirname(__file__), "__init__.py")))))  # noqa: PTH118, PTH120


def _parent(origin: str) -> str:
    """The folder that a module's package, or the module itself, lies in."""
    folder, file = os.path.split(origin)
    package = folder if file == "__init__.py" else origin
    return os.path.dirname(os.path.realpath(package))  # noqa: PTH120
