"""Two threads that judge queries, each with a nursery of its own; Ctrl-C stops both."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from checker.nursery import nursery

WORKERS = 2


def work_through(work: Callable[[threading.Event], None], todo: int) -> None:
    """Run `work` in as many threads as there is work for; it ends when there is none left or the event is set."""
    stop = threading.Event()

    def one() -> None:
        with nursery():
            work(stop)

    with ThreadPoolExecutor(WORKERS) as pool:
        running = [pool.submit(one) for _ in range(min(WORKERS, todo))]
        try:
            for future in running:
                future.result()
        except BaseException:
            stop.set()
            raise
