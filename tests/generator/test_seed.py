"""Streams give the draws that their key names, however many are made at a time."""

from __future__ import annotations

from generator.seed import GOLDEN, MANY_DRAWS, MASK, SINGLE_DRAWS, Stream, key, mix


def test_a_stream_draws_the_mixed_steps_of_its_key() -> None:
    count, start = SINGLE_DRAWS + 3 * MANY_DRAWS, key(42, "worlds", 7)
    drawn = Stream(42, "worlds", 7)
    assert [drawn.below(2**64) for _ in range(count)] == [mix((start + n * GOLDEN) & MASK) for n in range(1, count + 1)]


def test_a_name_and_a_number_lead_to_different_keys() -> None:
    assert len({key(1, "a"), key(1, "b"), key(1, "a", "b"), key(1, "ab"), key(1, 7), key(1, "7"), key(2, "a")}) == 7
