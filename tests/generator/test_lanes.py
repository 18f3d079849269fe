"""Draws are functions of keys and names, and follow the committed tables."""

from __future__ import annotations

import numpy as np
import pytest

from generator import lanes, seed

KEYS = lanes.child(np.full(200_000, 7, dtype=np.uint64), np.arange(200_000))


def test_the_array_form_of_the_mixer_is_the_scalar_form() -> None:
    numbers = [0, 1, 2**63, 2**64 - 1, 0x123456789ABCDEF]
    assert lanes.mix(np.array(numbers, dtype=np.uint64)).tolist() == [seed.mix(number) for number in numbers]


def test_a_draw_does_not_depend_on_its_neighbours() -> None:
    whole = lanes.below(KEYS, "test", 1000)
    assert np.array_equal(whole[100:200], lanes.below(KEYS[100:200], "test", 1000))
    assert np.array_equal(whole[::-1], lanes.below(KEYS[::-1], "test", 1000))


def test_two_lanes_are_independent() -> None:
    one, other = lanes.below(KEYS, "one", 1000), lanes.below(KEYS, "other", 1000)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.01


def test_below_stays_below_and_covers_all() -> None:
    drawn = lanes.below(KEYS, "test", 7)
    assert np.bincount(drawn, minlength=7).min() > 27_000
    assert drawn.max() == 6
    assert lanes.below(KEYS[:5], "test", 0).tolist() == [0] * 5


@pytest.mark.parametrize("rate", [0.0, 0.01, 0.5, 1.0])
def test_chance_meets_its_rate(rate: float) -> None:
    assert lanes.chance(KEYS, "test", rate).mean() == pytest.approx(rate, abs=0.004)


def test_choices_follow_their_weights() -> None:
    shares = np.bincount(lanes.choose(KEYS, "test", [1, 0, 3])) / len(KEYS)
    assert shares.tolist() == pytest.approx([0.25, 0, 0.75], abs=0.005)


def test_a_running_sum_starts_anew_in_each_group() -> None:
    values, firsts, group = np.array([1, 2, 3, 4, 5]), np.array([0, 2]), np.array([0, 0, 1, 1, 1])
    assert lanes.running(values, firsts, group).tolist() == [1, 3, 3, 7, 12]


def test_exchanges_follow_the_published_figures() -> None:
    drawn = lanes.quantile(KEYS, "test", "exchanges_per_conversation")
    assert drawn.mean() == pytest.approx(2.54, rel=0.03)
    assert (drawn > 1).mean() == pytest.approx(0.41, abs=0.01)
    assert (drawn > 10).mean() == pytest.approx(0.037, abs=0.002)


def test_tokens_follow_the_published_figures() -> None:
    assert lanes.quantile(KEYS, "in", "user_tokens").mean() == pytest.approx(295.58, rel=0.05)
    assert lanes.quantile(KEYS, "out", "assistant_tokens").mean() == pytest.approx(441.34, rel=0.05)


def test_think_times_stay_a_little_under_the_published_figures() -> None:
    """The log's exact half hours come on top; `laglead data --realism` compares what comes out."""
    seconds = lanes.quantile(KEYS, "think", "think_ms") / 1000
    drawn = np.quantile(seconds, [0.1, 0.5, 0.9]) / [17, 124, 2331]
    assert ((drawn > 0.9) & (drawn <= 1)).all()
    assert 0.1 < (seconds > 1800).mean() <= 0.113
