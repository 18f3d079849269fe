"""Every kind of mess: rate 0 is the identity, a rate is met, the ledger is the difference, deliveries are undone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from generator.background import background
from generator.block import Block
from generator.errors import MessError
from generator.fleet import fleet
from generator.frame import columns
from generator.ledger import LEDGER
from generator.mess import Kind, Stage, _kind, kinds
from generator.plan import Plan
from generator.shard import block_tables, clean_block, with_sides

USERS = 160
STRONG = 0.4
# What is rare takes more users to count, and fewer than these are not worth counting.
RARE = {"changed_vote": 400, "dual_write": 400, "erased_refusal": 2_400, "sticky_misrouting": 1_200}
ENOUGH = 10
DIFFERENCE = (Path(__file__).parent / "mess" / "difference.sql").read_text(encoding="utf-8")
# Where the rows of a thing are found, and what tells the thing. Arrival order moves along with everything.
OF_MESSAGES = dict.fromkeys(
    ("message_events", "raw_v1", "raw_v2", "raw_v3", "raw_v4"),
    "SELECT message_id AS id, t AS row FROM (SELECT * EXCLUDE ingest_seq FROM {table}) AS t",
)
OF_SIDES = {
    "classifier_scores": "SELECT message_id || '/' || classifier AS id, t AS row FROM {table} AS t",
    "conversations": "SELECT conversation_id AS id, t AS row FROM {table} AS t",
    "exposures": "SELECT unit_id AS id, t AS row FROM {table} AS t",
    "feedback": "SELECT feedback_id AS id, t AS row FROM {table} AS t",
    "safety_labels": "SELECT label_id AS id, t AS row FROM {table} AS t",
    "users": "SELECT user_ref AS id, t AS row FROM {table} AS t",
}
KINDS = tuple(kinds().values())


@cache
def log(kind: str = "", rate: float = 0.0, users: int = USERS) -> dict[str, pa.Table]:
    """The tables of a few users with one kind of mess at a rate beside those that it needs, or with none."""
    mess = {kind: rate, **dict.fromkeys(kinds()[kind].needs, STRONG)} if kind else {}
    plan = Plan(profile="clean", users=users, mess=mess)
    return block_tables(plan, fleet(plan.window()), 0, users)


def without(kind: Kind, users: int = USERS) -> dict[str, pa.Table]:
    """The same tables without the kind, but with those that it needs."""
    return log(kind.name if kind.needs else "", 0.0, users)


@cache
def all_tables_drawn() -> Block:
    """A clean block as kinds see it: messages, and the side tables drawn from them."""
    plan = Plan(profile="clean", users=60)
    return with_sides(clean_block(plan, fleet(plan.window()), 0, 60))


def over(tables: dict[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    """A connection that sees these tables."""
    connection = duckdb.connect()
    plan = Plan(profile="clean", users=USERS)
    for name, rows in {**background(fleet(plan.window()), plan.window(), plan.seed), **tables}.items():
        connection.register(name, rows)
    return connection


def noted(kind: Kind, *, chosen_only: bool = False) -> dict[str, set[str]]:
    """The ids of the ledger by table."""
    found: dict[str, set[str]] = {}
    for row in log(kind.name, STRONG)[LEDGER].to_pylist():
        if row["kind"] == kind.name and (row["chosen"] or not chosen_only):
            found.setdefault(row["table"], set()).add(row["id"])
    return found


def differing(kind: Kind, table: str) -> set[str]:
    """The ids whose rows in this table are not what they would be without the kind."""
    rows = {**OF_MESSAGES, **OF_SIDES}[table].format(table=table)
    clean, messy = without(kind), log(kind.name, STRONG)
    if clean[table].equals(messy[table]):
        return set()
    with duckdb.connect(config={"threads": 1}) as connection:
        for side, tables in (("clean", clean), ("messy", messy)):
            connection.register(table, tables[table])
            connection.execute(f"CREATE TABLE {side} AS {rows}")
        return {one for (one,) in connection.execute(DIFFERENCE).fetchall()}


def changed_messages(kind: Kind) -> set[str]:
    """The messages whose rows differ in the landing or in the unified layer."""
    return set().union(*(differing(kind, table) for table in OF_MESSAGES))


def conversations_of(kind: Kind, messages: set[str]) -> set[str]:
    """The conversations that these messages belong to."""
    found = set()
    for tables in (without(kind), log(kind.name, STRONG)):
        events = tables["message_events"]
        pairs = zip(events["message_id"].to_pylist(), events["conversation_id"].to_pylist(), strict=True)
        found |= {conversation for message, conversation in pairs if message in messages}
    return found


each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def test_a_clean_log_has_no_mess_in_its_ledger() -> None:
    assert not set(log()[LEDGER]["kind"].to_pylist()) & set(kinds())


@each_kind
def test_a_kind_at_a_rate_changes_something_and_notes_it(kind: Kind) -> None:
    messy, clean = log(kind.name, STRONG), without(kind)
    assert set(messy[LEDGER]["kind"].to_pylist()) - set(clean[LEDGER]["kind"].to_pylist()) == {kind.name}
    assert any(not messy[table].equals(clean[table]) for table in clean if table != LEDGER)


@each_kind
def test_a_kind_at_rate_zero_is_the_identity(kind: Kind) -> None:
    before = all_tables_drawn()
    after = kind.apply(before, 0.0)
    for part in ("people", "conversations", "rows", "claims"):
        for name, values in columns(getattr(before, part)).items():
            assert (values == getattr(getattr(after, part), name)).all(), f"{part}.{name}"
    assert after.sides == before.sides
    assert after.ledger == before.ledger


def test_the_same_seed_gives_the_same_rows_of_every_kind() -> None:
    plan = Plan(profile="clean", users=60, mess=dict.fromkeys(kinds(), STRONG))
    once, again = (block_tables(plan, fleet(plan.window()), 0, 60) for _ in range(2))
    assert all(once[table].equals(again[table]) for table in once)


@each_kind
def test_a_rate_is_met_within_sampling_error(kind: Kind) -> None:
    users = RARE.get(kind.name, USERS)
    ((eligible,),) = over(without(kind, users)).execute(kind.denominator).fetchall()
    rows = log(kind.name, STRONG, users)[LEDGER].to_pylist()
    chosen = sum(row["chosen"] for row in rows if row["kind"] == kind.name)
    assert eligible > ENOUGH
    spread = (STRONG * (1 - STRONG) / eligible) ** 0.5
    assert chosen / eligible == pytest.approx(STRONG, abs=4 * spread)


@each_kind
def test_the_ledger_is_the_difference_that_a_kind_made(kind: Kind) -> None:
    ledger = noted(kind)
    changed = changed_messages(kind)
    if "message_events" in ledger:
        assert ledger["message_events"] == changed
        return
    if "conversations" in ledger:
        assert ledger["conversations"] == conversations_of(kind, changed) | differing(kind, "conversations")
    for table in set(ledger) & set(OF_SIDES) - {"conversations"}:
        assert ledger[table] == differing(kind, table), table


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.stage is Stage.DELIVERY], ids=lambda kind: kind.name)
def test_a_delivery_kind_never_changes_turns(kind: Kind) -> None:
    assert log(kind.name, STRONG)["turns"].equals(without(kind)["turns"])


def test_all_delivery_kinds_together_never_change_turns() -> None:
    lasting = {name: STRONG for name, kind in kinds().items() if kind.stage is not Stage.DELIVERY}
    both = dict.fromkeys(kinds(), STRONG)
    undone, done = (Plan(profile="clean", users=USERS, mess=mess) for mess in (both, lasting))
    models = fleet(done.window())
    first, second = (block_tables(plan, models, 0, USERS)["turns"] for plan in (undone, done))
    assert first.equals(second)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.stage is Stage.SIDE], ids=lambda kind: kind.name)
def test_a_side_kind_leaves_the_messages_alone(kind: Kind) -> None:
    assert log(kind.name, STRONG)["message_events"].equals(without(kind)["message_events"])


def test_an_outage_spares_no_call_of_its_model_and_region() -> None:
    tables = log("outage", STRONG)
    spared = (Path(__file__).parent / "mess" / "outage.sql").read_text(encoding="utf-8")
    with over(tables) as connection:
        connection.register("ledger", tables[LEDGER])
        assert connection.execute(spared).fetchall() == [(0,)]


def test_users_are_a_prefix_of_more_users() -> None:
    plan, more = Plan(profile="small", users=60), Plan(profile="small", users=90)
    models = fleet(plan.window())
    few, many = block_tables(plan, models, 0, 60), block_tables(more, models, 0, 90)
    for table in ("message_events", "turns", "users", "feedback", "exposures", "safety_labels"):
        rows = {repr(row) for row in many[table].to_pylist()}
        assert all(repr(row) in rows for row in few[table].to_pylist()), table


@each_kind
def test_a_kind_says_what_it_is(kind: Kind) -> None:
    assert kind.of
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
