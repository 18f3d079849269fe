"""Processes of this machine; the calling process itself when one worker is enough."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from generator.engines import Crew, Task
from generator.errors import WorkerError

MOST_DEATHS = 3


def run(task: Task, numbers: Sequence[int], crew: Crew) -> Iterator[int]:
    """Each number when its task is done; WorkerError when workers died three times without finishing anything."""
    if crew.workers <= 1 or len(numbers) <= 1:
        for number in numbers:
            task(number)
            yield number
        return
    left, deaths = list(numbers), 0
    while left:
        try:
            for number in _round(task, left, crew.workers):
                left.remove(number)
                deaths = 0
                yield number
        except BrokenProcessPool as error:
            deaths += 1
            if deaths == MOST_DEATHS:
                raise WorkerError(left, "a worker died three times (killed, or out of memory?)") from error


def _round(task: Task, numbers: Sequence[int], workers: int) -> Iterator[int]:
    """One pool's life."""
    others = multiprocessing.active_children()
    pool = ProcessPoolExecutor(
        min(workers, len(numbers)), mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts
    )
    try:
        found = {pool.submit(task, number): number for number in numbers}
        for future in as_completed(found):
            future.result()
            yield found[future]
    except BaseException:
        # Nobody waits for a worker whose result is no longer wanted.
        for child in multiprocessing.active_children():
            if child not in others:
                child.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """Ctrl-C reaches the whole group of processes: the parent answers it and ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
