"""Cutting rows down: what is left still passes the test, holds what its rows need, and is no larger than it must be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.shrink import PROVEN_BELOW, Cut, smallest


def _rows(numbers: Sequence[int]) -> Cut:
    return tuple(("turns", number) for number in numbers)


def _never() -> bool:
    return False


@settings(deadline=None)
@given(st.integers(2, 400), st.sets(st.integers(0, 399), min_size=0, max_size=4))
def test_a_few_rows_among_hundreds_are_found(count: int, wanted: set[int]) -> None:
    needed = {("turns", number % count) for number in wanted}
    found = smallest(_rows(range(count)), {}, lambda cuts: [needed <= set(cut) for cut in cuts], is_late=_never)
    assert set(found) == needed


@settings(deadline=None)
@given(st.integers(1, PROVEN_BELOW - 1), st.data())
def test_among_few_rows_nothing_smaller_passes(count: int, data: st.DataObject) -> None:
    passing = data.draw(st.sets(st.frozensets(st.integers(0, count - 1)), max_size=6)) | {frozenset(range(count))}

    def test(cuts: Sequence[Cut]) -> list[bool]:
        return [frozenset(number for _, number in cut) in passing for cut in cuts]

    found = smallest(_rows(range(count)), {}, test, is_late=_never)
    assert test([found]) == [True]
    assert len(found) == min(map(len, passing))


@settings(deadline=None)
@given(st.integers(1, 60), st.data())
def test_no_row_stays_without_the_rows_that_it_needs(count: int, data: st.DataObject) -> None:
    users = {number: data.draw(st.integers(0, 3)) for number in range(count)}
    rows: Cut = tuple(("users", user) for user in range(4)) + _rows(range(count))
    needs = {("turns", number): frozenset({("users", user)}) for number, user in users.items()}
    wanted = data.draw(st.integers(0, count - 1))
    found = smallest(rows, needs, lambda cuts: [("turns", wanted) in cut for cut in cuts], is_late=_never)
    assert set(found) == {("turns", wanted), ("users", users[wanted])}


@settings(deadline=None)
@given(st.integers(1, 60), st.data())
def test_fixed_rows_always_stay(count: int, data: st.DataObject) -> None:
    rows: Cut = (*_rows(range(count)), ("log_window", 0))
    needs = {("turns", number): frozenset({("log_window", 0)}) for number in range(count)}
    wanted = {("turns", data.draw(st.integers(0, count - 1)))}
    asked: list[Cut] = []

    def test(cuts: Sequence[Cut]) -> list[bool]:
        asked.extend(cuts)
        return [wanted <= set(cut) for cut in cuts]

    found = smallest(rows, needs, test, is_late=_never, fixed={("log_window", 0)})
    assert sorted(found) == sorted([*wanted, ("log_window", 0)])
    assert all(("log_window", 0) in cut for cut in asked)


def test_when_it_gets_late_the_smallest_so_far_is_returned() -> None:
    rounds = 0

    def is_late() -> bool:
        nonlocal rounds
        rounds += 1
        return rounds > 2

    wanted = {("turns", 3), ("turns", 171)}
    found = smallest(_rows(range(200)), {}, lambda cuts: [wanted <= set(cut) for cut in cuts], is_late=is_late)
    assert wanted <= set(found)


def test_every_choice_of_at_most_thirteen_rows_is_tried_smaller_ones_first() -> None:
    tried: list[int] = []

    def test(cuts: Sequence[Cut]) -> list[bool]:
        tried.extend(len(cut) for cut in cuts)
        return [False for _ in cuts]

    rows = _rows(range(13))
    assert smallest(rows, {}, test, is_late=_never) == rows
    assert tried == [size for size in range(13) for _ in combinations(range(13), size)]
