"""A Dask cluster: the one at `scheduler`, else worker processes of this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.engines import Crew, Task
from generator.errors import EngineError

RETRIES = 3


def run(task: Task, numbers: Sequence[int], crew: Crew) -> Iterator[int]:
    """Each number when its task is done; EngineError without Dask or without an answer from its scheduler."""
    distributed = _distributed()
    with _client(distributed, crew) as client:
        found = {future: number for number, future in zip(numbers, _submit(client, task, numbers), strict=True)}
        try:
            for future in distributed.as_completed(found):
                future.result()
                yield found[future]
        except distributed.KilledWorker as error:
            raise EngineError(f"workers died again and again ({error})", "look at the workers' logs") from error


def _submit(client: Any, task: Task, numbers: Sequence[int]) -> list[Any]:
    return list(client.map(task, numbers, retries=RETRIES, pure=False))


def _client(distributed: Any, crew: Crew) -> Any:
    if crew.scheduler is None:
        cluster = distributed.LocalCluster(n_workers=crew.workers, threads_per_worker=1, dashboard_address=None)
        return distributed.Client(cluster)
    try:
        return distributed.Client(crew.scheduler)
    except (OSError, ValueError) as error:
        raise EngineError(f"no Dask scheduler answers at {crew.scheduler} ({error})", "check its address") from error


def _distributed() -> Any:
    try:
        from dask import distributed  # noqa: PLC0415 - an extra that most people do not install
    except ImportError as error:
        raise EngineError("Dask is not installed", "pip install 'laglead[dask]'") from error
    return distributed
