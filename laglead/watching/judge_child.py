"""The process that judges, from the inside: one request, one report, again and again.

Before the first request it judges the expected answer, so that the first save finds everything warm.
"""

from __future__ import annotations

from contextlib import suppress
from multiprocessing.connection import Connection

from checker.check import check
from checker.dataset import open_dataset
from checker.errors import AnswerMissing, CheckerError
from checker.nursery import nursery
from checker.sandbox import Confinement, harden
from checker.verdict import Report
from laglead import after_pass, curriculum, freshness, workspace
from laglead.after_pass import Worth
from laglead.cachefolder import cache_folder
from laglead.errors import Stop
from laglead.terminal import clean
from laglead.watching.judge import Purpose, Request, Trouble


def main(descriptor: int, parent: int) -> None:
    """Judge until the parent is gone."""
    harden(Confinement((), 0, 0, parent), ("parent-death",))
    with Connection(descriptor) as requests, nursery(), suppress(EOFError):
        while True:
            requests.send(_judged(requests.recv()))


def _judged(request: Request) -> Report | Worth | Trouble:
    try:
        exercise, data = curriculum.find(request.exercise), open_dataset(request.data)
        if request.purpose is Purpose.WORTH:
            return after_pass.measure(exercise, request.answer.read_text(encoding="utf-8-sig"), data, cache_folder())
        freshness.ensure(exercise, data)
        return check(exercise, request.answer, data, cache=cache_folder())
    except AnswerMissing:
        file = clean(workspace.shown(request.answer))
        return Trouble(f"{file}: the file is gone. Save it again: the verdict appears here.")
    except (Stop, CheckerError, OSError, UnicodeDecodeError) as error:
        return Trouble(str(error))
