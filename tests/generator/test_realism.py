"""The log is compared with thirty published figures, and with the assumptions apart."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from generator.realism import Compared, Figure, compare, figures

PAGE = Path(__file__).resolve().parents[2] / "docs" / "realism.md"
GROUPS = {"turns": 5, "tokens": 6, "time": 6, "mix": 5, "safety": 6, "reliability": 2}


@pytest.fixture(scope="module")
def compared(small_log: Path) -> tuple[Compared, ...]:
    return compare(small_log)


def test_thirty_figures_are_published_and_the_assumptions_stand_apart() -> None:
    assert Counter(figure.group for figure in figures() if not figure.assumed) == GROUPS
    assert {figure.source for figure in figures() if figure.assumed} == {"an assumption"}
    assert len({figure.name for figure in figures()}) == len(figures())


def test_every_figure_is_measured(compared: tuple[Compared, ...]) -> None:
    assert [one.figure for one in compared] == list(figures())
    assert [one.figure.name for one in compared if one.measured is None] == []


def test_even_three_hundred_users_come_near_most_figures(compared: tuple[Compared, ...]) -> None:
    assert sum(abs(one.error or 1) < 0.25 for one in compared if not one.figure.assumed) >= 20


@pytest.mark.parametrize(
    ("measured", "near"), [(1.0499, True), (0.9501, True), (1.051, False), (None, False), (0.0, False)]
)
def test_near_means_within_five_percent(measured: float | None, near: bool) -> None:
    figure = Figure(name="one", group="mix", what="one", value=1.0, source="nobody")
    assert Compared(figure, measured).near == near


def test_the_page_shows_a_run_that_met_at_least_27_of_30() -> None:
    rows = re.findall(
        r"^\| [^|]+ \| [^|]+ \| [^|]+ \| ([+-][\d.]+) % \| [^|]+ \|$", PAGE.read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) == 30
    assert sum(abs(float(error)) <= 5 for error in rows) >= 27
