"""The process that judges, from the inside: one request, one report, again and again.

Before the first request it judges the expected answer, so that the first save finds everything warm.
"""

from __future__ import annotations

from contextlib import suppress
from multiprocessing.connection import Connection

from checker.check import check
from checker.dataset import open_dataset
from checker.errors import CheckerError
from checker.nursery import nursery
from checker.sandbox import Confinement, harden
from checker.verdict import Report
from laglead import curriculum
from laglead.cachefolder import cache_folder
from laglead.watching.judge import Request, Trouble


def main(descriptor: int, parent: int) -> None:
    """Judge until the parent is gone."""
    harden(Confinement((), 0, 0, parent), ("parent-death",))
    with Connection(descriptor) as requests, nursery(), suppress(EOFError):
        while True:
            requests.send(_judged(requests.recv()))


def _judged(request: Request) -> Report | Trouble:
    try:
        exercise = curriculum.find(request.exercise)
        return check(exercise, request.answer, open_dataset(request.data), cache=cache_folder())
    except (CheckerError, OSError) as error:
        return Trouble(str(error))
