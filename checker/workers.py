"""Two threads that judge queries, each with a nursery of its own; Ctrl-C stops both."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from typing import TypeVar

from checker.nursery import nursery

WORKERS = 2
Item = TypeVar("Item")
Result = TypeVar("Result")


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


def each_done(work: Callable[[Item], Result], items: Iterable[Item], *, workers: int = WORKERS) -> Iterator[Result]:
    """What `work` makes of every item, as it is done, by so many threads.

    Whoever stops listening ends what is under way. What `work` raises ends all and is raised here.
    """
    todo, taking, stop = iter(items), threading.Lock(), threading.Event()
    done: queue.SimpleQueue[tuple[Result] | BaseException | None] = queue.SimpleQueue()
    nurseries: list[Callable[[], None]] = []

    def taken() -> Iterator[Item]:
        while not stop.is_set():
            with taking:
                items = [*islice(todo, 1)]
            if not items:
                return
            yield items[0]

    def one() -> None:
        mine = taken()
        for first in mine:  # no nursery is opened for nothing
            with nursery() as end:
                nurseries.append(end)
                for item in chain((first,), mine):
                    done.put((work(item),))

    with ThreadPoolExecutor(workers) as pool:
        running = workers
        for _ in range(workers):
            pool.submit(one).add_done_callback(lambda future: done.put(future.exception()))
        try:
            while running:
                match done.get():
                    case (result,):
                        yield result
                    case None:
                        running -= 1
                    case error:
                        raise error
        finally:
            stop.set()
            for end in nurseries:
                end()
