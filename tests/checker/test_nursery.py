"""Processes forked from one that has loaded everything: as locked up, as short-lived and as alone as any other."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from checker import process
from checker.check import Answer, check, run_query
from checker.dataset import Dataset
from checker.errors import RunnerError
from checker.exercise import Exercise
from checker.limits import Limits
from checker.nursery import nursery
from checker.process import Role
from checker.query_run import QueryRun
from checker.sandbox import LAYERS
from checker.verdict import Broken, Passed, TimedOut


@pytest.fixture(scope="module")
def open_nursery() -> Iterator[None]:
    with nursery():
        yield


@pytest.mark.usefixtures("open_nursery")
def test_a_forked_child_is_locked_up_in_every_layer_of_a_spawned_one(dataset: Dataset) -> None:
    with QueryRun(Limits()) as run:
        run.open(dataset, "SELECT 1")
        forked = run.layers
    assert forked == tuple(name for name in LAYERS if name in forked)
    assert "limits" in forked
    token = process.forking.set(None)
    with QueryRun(Limits()) as run:
        run.open(dataset, "SELECT 1")
        assert run.layers == forked
    process.forking.reset(token)


@pytest.mark.usefixtures("open_nursery")
def test_a_forked_check_passes_and_lints(dataset: Dataset, make_exercise: Callable[..., Exercise]) -> None:
    exercise = make_exercise("SELECT user_id FROM users WHERE plan = 'free'", {"user_id": "VARCHAR"})
    wrong = exercise.folder / "answer.sql"
    wrong.write_text("SELECT user_id FROM users WHERE plan = NULL OR plan = 'free'")
    report = check(exercise, wrong, dataset)
    assert isinstance(report.verdict, Passed)
    assert [finding.name for finding in report.findings] == ["equals_null"]


@pytest.mark.usefixtures("open_nursery")
def test_a_forked_child_that_does_not_end_is_killed_and_reaped(dataset: Dataset) -> None:
    limits = Limits(soft_seconds=0.2, hard_seconds=0.4)
    found = run_query("SELECT count(*) FROM range(100000000000) a WHERE a.range % 7 = 9", dataset, limits=limits)
    assert isinstance(found, TimedOut | Broken)
    child = process.start(Role.QUERY)
    child.stop()
    child.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)
    assert isinstance(run_query("SELECT 1 AS n", dataset), Answer)


@pytest.mark.usefixtures("open_nursery")
def test_children_of_one_nursery_draw_random_numbers_of_their_own(dataset: Dataset) -> None:
    drawn = [run_query("SELECT random() AS n, uuid() AS u", dataset) for _ in range(2)]
    rows = [found.rows.rows for found in drawn if isinstance(found, Answer)]
    assert len(rows) == 2
    assert rows[0] != rows[1]


@pytest.mark.usefixtures("open_nursery")
def test_children_of_one_nursery_work_side_by_side_with_threads_and_memory_of_their_own(dataset: Dataset) -> None:
    says = (
        "SELECT current_setting('threads') AS n, current_setting('memory_limit') AS m, sum(range) FROM range(3000000)"
    )
    limits = [Limits(threads=threads, engine_memory_bytes=threads << 28) for threads in (1, 2)]
    with ExitStack() as stack:
        runs = [stack.enter_context(QueryRun(limit)) for limit in limits]
        for run in runs:
            run.open(dataset, says)
        found = [run.shown(1).rows[0] for run in runs]
    assert [row[0] for row in found] == ["1", "2"]
    assert [row[1] for row in found] == ["256.0 MiB", "512.0 MiB"]
    assert len({row[2] for row in found}) == 1


def test_nothing_outlives_a_nursery() -> None:
    before = process.forking.get()
    with nursery():
        child = process.start(Role.QUERY)
    until = time.monotonic() + 10
    while Path(f"/proc/{child.pid}/stat").exists() and _state(child.pid) != "Z" and time.monotonic() < until:
        time.sleep(0.01)
    assert not Path(f"/proc/{child.pid}/stat").exists() or _state(child.pid) == "Z"
    assert process.forking.get() is before


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_a_nursery_that_is_gone_is_our_fault_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PROGRAM", "# {path!r} {module} {parent}")
    with nursery(), pytest.raises(RunnerError, match="laglead doctor"):
        process.start(Role.QUERY)
