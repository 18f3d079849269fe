"""Every kind of mess: rate 0 is the identity, a rate is met, deliveries are undone, others are not moved."""

from __future__ import annotations

from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from generator.errors import MessError
from generator.fleet import fleet
from generator.ledger import LEDGER
from generator.mess import Kind, Stage, _kind, kinds
from generator.plan import Plan
from generator.shard import block_tables

USERS = 120
STRONG = 0.4
NEEDS = {"truncated_arguments": "hidden_rows"}


@cache
def log(kind: str = "", rate: float = 0.0) -> dict[str, pa.Table]:
    """The tables of a few users with one kind of mess at a rate, or with none."""
    plan = Plan(profile="clean", users=USERS, mess={kind: rate} if kind else {})
    return block_tables(plan, fleet(plan.window()), 0, USERS)


def names() -> list[str]:
    return sorted(kinds())


def test_a_clean_log_has_an_empty_ledger() -> None:
    assert log()[LEDGER].num_rows == 0


@pytest.mark.parametrize("name", [name for name in names() if name not in NEEDS])
def test_a_kind_at_a_rate_changes_something_and_notes_it(name: str) -> None:
    messy, clean = log(name, STRONG), log()
    assert set(messy[LEDGER]["kind"].to_pylist()) == {name}
    assert any(not messy[table].equals(clean[table]) for table in clean if table != LEDGER)


@pytest.mark.parametrize(("name", "needed"), NEEDS.items())
def test_a_kind_that_needs_another_changes_something_beside_it(name: str, needed: str) -> None:
    plan = Plan(profile="clean", users=USERS, mess={name: STRONG, needed: STRONG})
    both = block_tables(plan, fleet(plan.window()), 0, USERS)
    assert set(both[LEDGER]["kind"].to_pylist()) == {name, needed}
    assert not both["message_events"].equals(log(needed, STRONG)["message_events"])


@pytest.mark.parametrize("name", names())
def test_a_kind_at_rate_zero_is_the_identity(name: str) -> None:
    zero, clean = log(name, 0.0), log()
    assert all(zero[table].equals(clean[table]) for table in clean)


@pytest.mark.parametrize("name", [name for name, kind in kinds().items() if kind.stage is Stage.DELIVERY])
def test_a_delivery_kind_never_changes_turns(name: str) -> None:
    assert log(name, STRONG)["turns"].equals(log()["turns"])


def test_all_delivery_kinds_together_never_change_turns() -> None:
    lasting = {name: STRONG for name, kind in kinds().items() if kind.stage is not Stage.DELIVERY}
    both = dict.fromkeys(kinds(), STRONG)
    undone, done = (Plan(profile="clean", users=USERS, mess=mess) for mess in (both, lasting))
    models = fleet(done.window())
    first, second = (block_tables(plan, models, 0, USERS)["turns"] for plan in (undone, done))
    assert first.equals(second)


@pytest.mark.parametrize("name", [name for name, kind in kinds().items() if kind.stage is Stage.SIDE])
def test_a_side_kind_leaves_the_messages_alone(name: str) -> None:
    messy, clean = log(name, STRONG), log()
    assert messy["message_events"].equals(clean["message_events"])


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("missing_conversation", lambda t: t.num_rows),
        ("late_arrival", lambda t: t.num_rows),
        ("redelivery", lambda t: t.num_rows),
        ("template_prompts", lambda t: pc.sum(pc.equal(t["role"], "user")).as_py()),
        ("alias_model", lambda t: t["model"].length() - t["model"].null_count),
        ("missing_event_id", lambda t: pc.sum(pc.equal(t["schema_version"], 1)).as_py()),
    ],
)
def test_a_rate_is_met_within_sampling_error(name: str, of: object) -> None:
    eligible = of(log()["message_events"])  # type: ignore[operator]
    spread = (STRONG * (1 - STRONG) / eligible) ** 0.5
    assert log(name, STRONG)[LEDGER].num_rows / eligible == pytest.approx(STRONG, abs=4 * spread)


def test_redelivered_rows_are_the_rows_of_the_ledger() -> None:
    messy, clean = log("redelivery", STRONG), log()
    extra = messy["message_events"].num_rows - clean["message_events"].num_rows
    repeated = pc.value_counts(messy["message_events"]["event_id"]).flatten()
    twice = pc.sum(pc.equal(repeated[1], 2)).as_py()
    assert extra == twice == messy[LEDGER].num_rows


def test_users_are_a_prefix_of_more_users() -> None:
    plan, more = Plan(profile="small", users=60), Plan(profile="small", users=90)
    models = fleet(plan.window())
    few, many = block_tables(plan, models, 0, 60), block_tables(more, models, 0, 90)
    for table in ("message_events", "turns", "users", "feedback", "exposures", "safety_labels"):
        rows = {repr(row) for row in many[table].to_pylist()}
        assert all(repr(row) in rows for row in few[table].to_pylist()), table


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_a_kind_says_what_it_is(kind: Kind) -> None:
    assert kind.what
    assert kind.punishes
    assert kind.seen
    assert kind.undone_by
    assert 0 < kind.rate <= 1


def test_a_module_that_is_no_kind_is_named() -> None:
    with pytest.raises(ModuleNotFoundError):
        _kind("no_such_kind")
    with pytest.raises(MessError, match=r"see CONTRIBUTING\.md"):
        raise MessError("broken", "declares no KIND")
