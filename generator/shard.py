"""One shard: the files of 24,000 users, a pure function of the plan and the shard's number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from generator import deliver, ledger, messages, seed, unified, world
from generator.arrow import arrow_schema
from generator.background import background
from generator.block import Block
from generator.dialogue import talk
from generator.effects import truth
from generator.fleet import Fleet, fleet
from generator.frame import between
from generator.ledger import LEDGER
from generator.mess import Stage, kinds
from generator.model import tables
from generator.parquet import Part, PartWriter, file_name
from generator.place import Place
from generator.plan import Plan
from generator.side import BY_BLOCK
from generator.turns import turns
from generator.wire import generations


@dataclass(frozen=True, slots=True)
class Layout:
    """Users a row group and users a file: they belong to the format's version, only tests use others."""

    block_users: int = 2_000
    file_users: int = 24_000


LAYOUT = Layout()


def shards(plan: Plan, layout: Layout = LAYOUT) -> int:
    """How many shards a plan has."""
    return -(-plan.users // layout.file_users)


def write_shard(plan: Plan, number: int, place: Place, layout: Layout = LAYOUT) -> tuple[Part, ...]:
    """Write the files `number` of every table made by users, and of the ledger; what was written."""
    models = fleet(plan.window())
    schemas = {name: arrow_schema(tables()[name]) for name in per_user_tables()}
    with ExitStack() as stack:
        writers = {name: PartWriter(place, name, file_name(name, number), schema) for name, schema in schemas.items()}
        writers[LEDGER] = PartWriter(place, LEDGER, f"_truth/ledger-{number:05}.parquet", ledger.SCHEMA)
        for writer in writers.values():
            stack.enter_context(writer)
        for first, count in _blocks(plan, number, layout):
            # Each table is gone before the next is made: the peak of memory is the block and one table.
            for name, rows in drawn_tables(plan, models, first, count):
                writers[name].write(rows)
    return tuple(writer.part() for writer in writers.values())


def write_background(plan: Plan, place: Place) -> tuple[Part, ...]:
    """Write the tables that a log has once, and beside them the list of what is planted."""
    place.write_text("_truth/effects.json", truth(plan.window()))
    parts = []
    for name, rows in background(fleet(plan.window()), plan.window(), plan.seed).items():
        with PartWriter(place, name, file_name(name, 0), rows.schema) as writer:
            writer.write(rows)
        parts.append(writer.part())
    return tuple(parts)


def per_user_tables() -> tuple[str, ...]:
    """The tables whose rows belong to users, by name."""
    landing = (f"raw_v{version}" for version in generations())
    return tuple(sorted((*BY_BLOCK, *landing, "message_events", "turns")))


def block_tables(plan: Plan, models: Fleet, first: int, count: int) -> dict[str, pa.Table]:
    """Every table's rows of the users `first` .. `first + count - 1`, and their ledger."""
    return dict(drawn_tables(plan, models, first, count))


def drawn_tables(plan: Plan, models: Fleet, first: int, count: int) -> Iterator[tuple[str, pa.Table]]:
    """The same, a table at a time."""
    block = with_sides(_messy(clean_block(plan, models, first, count), plan, Stage.LASTING))
    block = _delivered(_messy(block, plan, Stage.SIDE), plan)
    events = unified.message_events(block, models)
    yield from _landing(block, events)
    yield LEDGER, ledger.ledger_table(block)
    once = background(models, plan.window(), plan.seed)
    yield "turns", turns(block, events, {**block.sides, **once}, models)
    yield "message_events", events
    yield from block.sides.items()


def delivered_events(plan: Plan, models: Fleet, first: int, count: int) -> pa.Table:
    """The same rows of message_events without any other table: deliveries do not depend on the side tables."""
    block = _messy(clean_block(plan, models, first, count), plan, Stage.LASTING)
    return unified.message_events(_delivered(block, plan), models)


def _delivered(block: Block, plan: Plan) -> Block:
    """The block's rows as they arrived, in the order of the file."""
    block = _messy(block, plan, Stage.DELIVERY)
    return deliver.sealed(replace(block, rows=deliver.shuffled(block.rows)))


def _blocks(plan: Plan, number: int, layout: Layout) -> Iterator[tuple[int, int]]:
    last = min((number + 1) * layout.file_users, plan.users)
    for first in range(number * layout.file_users, last, layout.block_users):
        yield first, min(layout.block_users, last - first)


def clean_block(plan: Plan, models: Fleet, first: int, count: int) -> Block:
    """The users `first` .. `first + count - 1` and all they said, before any mess."""
    root = np.array([seed.key(plan.seed, "log")], dtype=np.uint64)
    who = world.people(root, first, count)
    found, said = talk(who, models, plan.window())
    return messages.block_of(who, found, said, models=models, window=plan.window())


def with_sides(block: Block) -> Block:
    """The block with its side tables, drawn from what was said."""
    block = replace(block, conversations=messages.with_leaves(block.conversations, block.rows))
    return replace(block, sides={name: draw(block) for name, draw in BY_BLOCK.items()})


def _messy(block: Block, plan: Plan, stage: Stage) -> Block:
    for kind in kinds().values():
        rate = plan.rate(kind.name)
        if kind.stage is stage and rate > 0:
            block = kind.apply(block, rate)
    return block


def _landing(block: Block, events: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    for version, landing in generations().items():
        # Rows are shuffled within their version only.
        first, end = np.searchsorted(block.rows.version, [version, version + 1]).tolist()
        own = replace(block, rows=between(block.rows, first, end))
        yield f"raw_v{version}", landing(own, events.slice(first, end - first))
