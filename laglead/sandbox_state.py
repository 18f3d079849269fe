"""Which layers of the sandbox hold on this machine, learned from a child that tries."""

from __future__ import annotations

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
            run.open(data.native, "SELECT 1 AS one")
            return run.layers
    except (CheckerError, QueryStopped):
        return None
