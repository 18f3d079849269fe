"""Which layers of the sandbox hold on this machine, learned from a child that tries."""

from __future__ import annotations

from collections.abc import Iterable

from checker.dataset import open_dataset
from checker.errors import CheckerError
from laglead import workspace


def layers() -> tuple[str, ...] | None:
    """The layers that held when a child was locked up just now; None without a data set to lock it up with."""
    from checker.limits import Limits  # noqa: PLC0415 - only doctor looks
    from checker.query_run import QueryRun, QueryStopped  # noqa: PLC0415

    here = workspace.find()
    if here is None:
        return None
    try:
        data = open_dataset(here.data)
        with QueryRun(Limits()) as run:
            run.open(data, "SELECT 1 AS one")
            return run.layers
    except (CheckerError, QueryStopped):
        return None


def missing(held: Iterable[str]) -> tuple[str, ...]:
    """The layers that this system does not have, each with what it would stop."""
    from checker.sandbox import LAYERS  # noqa: PLC0415

    return tuple(f"{name} ({_STOPS[name]})" for name in LAYERS if name not in set(held))


_STOPS = {
    "parent-death": "a query that outlives its check",
    "not-dumpable": "a look into its memory",
    "no-new-privileges": "a program of root's",
    "limits": "memory and time without end",
    "capabilities": "root's rights",
    "landlock": "other files and ports",
    "seccomp": "processes, sockets and writing",
}
