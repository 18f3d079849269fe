"""What the generator writes as turns is what the shipped SQL makes of the layers below, whatever the mess."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from generator.background import background
from generator.columns import numbers
from generator.fleet import fleet
from generator.mess import kinds
from generator.modelled import derive
from generator.plan import Plan
from generator.ranking import firsts, numbered, places, ranked
from generator.shard import block_tables

EVERYTHING = dict.fromkeys(kinds(), 0.5)
TREES = {"parent_cycle": 1.0, "unlogged_root": 0.3, "branches": 1.0, "missing_conversation": 0.3}


@pytest.mark.parametrize(
    ("plan", "first", "count"),
    [
        (Plan(profile="hostile", seed=7), 300, 200),
        (Plan(profile="clean"), 0, 50),
        (Plan(profile="small", mess=EVERYTHING), 0, 100),
        (Plan(profile="small", mess=TREES), 0, 100),
        (Plan(profile="small", users=1, seed=3), 0, 1),
    ],
    ids=["hostile", "clean", "everything", "trees", "one user"],
)
def test_arrays_and_sql_make_the_same_turns(plan: Plan, first: int, count: int) -> None:
    models = fleet(plan.window())
    written = block_tables(plan, models, first, count)
    derived = derive("turns", {**written, **background(models, plan.window(), plan.seed)})
    assert derived.num_rows == written["turns"].num_rows > 0
    for name in derived.schema.names:
        assert derived[name].combine_chunks().equals(written["turns"][name].combine_chunks()), name


def test_rows_are_ranked_by_all_keys() -> None:
    draw = np.random.default_rng(1)
    one, two, three = (draw.integers(0, bound, 2_000) for bound in (400, 3, 50))
    assert ranked(one, two, three).tolist() == np.lexsort((three, two, one)).tolist()
    assert ranked(np.array([], dtype=np.int64)).tolist() == []


def test_the_first_of_each_group_is_the_smallest() -> None:
    group, side, by = np.array([3, 1, 3, 1, 3]), np.array([0, 0, 0, 0, 1]), np.array([5, 9, 4, 2, 1])
    assert firsts((group,), by).tolist() == [3, 4]
    assert firsts((group, side), by).tolist() == [3, 2, 4]


def test_values_are_found_in_a_sorted_array() -> None:
    assert places(np.array([5, 1, 9, 0]), np.array([1, 5, 8])).tolist() == [1, 0, -1, -1]
    assert places(np.array([5]), np.array([], dtype=np.int64)).tolist() == [-1]


def test_rows_are_numbered_within_their_group() -> None:
    turn, counted = numbered(np.array([7, 7, 7, 2]), np.array([True, False, True, False]))
    assert (turn.tolist(), counted.tolist()) == ([1, 2, 3, 1], [1, 1, 2, 0])


def test_ids_are_read_back_as_numbers() -> None:
    ids = pa.array(["skipped", "lab_00000000000000ff", "ffffffffffffffff", "x0123456789abcdef"])
    assert numbers(ids.slice(1)).tolist() == [255, 2**64 - 1, 0x0123456789ABCDEF]
    assert numbers(pa.chunked_array([], pa.string())).tolist() == []
