"""A query's time: what counts and what does not."""

from __future__ import annotations

import math

import pytest

from checker import budget
from checker.budget import Budget


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(budget.time, "monotonic", lambda: now[0])
    return now


def test_waiting_between_two_requests_costs_nothing(clock: list[float]) -> None:
    budget = Budget(10.0)
    budget.begin()
    clock[0] += 4
    budget.end()
    clock[0] += 1_000
    assert not budget.used_up
    assert budget.deadline == math.inf
    budget.begin()
    assert budget.deadline == clock[0] + 6


def test_work_adds_up_over_the_requests(clock: list[float]) -> None:
    budget = Budget(10.0)
    for _ in range(2):
        budget.begin()
        clock[0] += 5
        assert budget.used_up is (budget.spent > 0)
        budget.end()
