"""Writes the worlds: blocks of pairs, each world in two row orders, one Parquet file a table.

Blocks are drawn by all processors of the machine, because a block depends on nothing but the seed and its own text;
each leaves its tables as Arrow files, which are then joined in the order of the blocks.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from pyarrow import feather

from generator.arrow import arrow_schema
from generator.digest import combined
from generator.engines import Crew, pool
from generator.model import Table, tables
from generator.parquet import Part, PartWriter
from generator.place import at
from generator.seed import Stream, key
from generator.worlds import events, incidents, landing, models, people, safety, trials, turns, voices
from generator.worlds.threshold import Threshold, parse
from generator.worlds.world import Row, World, draw_table, draw_world

BASE = "base"
LIST = "world_list"
BASE_PAIRS = 400
THRESHOLD_PAIRS = 200
# Later drawers look at the rows of earlier ones: side tables speak about messages.
DRAWERS = (
    turns.draw,
    events.draw,
    landing.draw,
    people.draw,
    models.draw,
    trials.draw,
    safety.draw,
    voices.draw,
    incidents.draw,
)
_SLOTS = 1_000_000
_PAIRS_PER_SLOT = 1_000
_LIST_SCHEMA = pa.schema(
    [
        pa.field("world", pa.int32(), nullable=False),
        pa.field("pair", pa.int32(), nullable=False),
        pa.field("block", pa.string(), nullable=False),
        pa.field("permutation", pa.int32(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class WorldsSummary:
    """What was written: worlds (two a pair), pairs by block, a file for each table."""

    count: int
    pairs: dict[str, int]
    parts: tuple[Part, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """File names within the folder."""
        return tuple(part.file for part in self.parts)

    @property
    def hash(self) -> str:
        """One hash of all values."""
        return combined(value for part in self.parts for value in part.hashes.values())


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    threshold: Threshold | None
    first_pair: int
    pairs: int


def write(folder: Path, *, seed: int, thresholds: Sequence[str]) -> WorldsSummary:
    """Write `worlds/<table>.parquet` for every table and `worlds/world_list.parquet` below `folder`.

    A block depends on the seed and its own text alone, its world numbers too. Raises ThresholdError.
    """
    blocks = _blocks(thresholds)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".blocks", dir=folder) as drawn:
        task = partial(_draw_block, seed, blocks, Path(drawn))
        for _ in pool.run(task, range(len(blocks)), Crew(_processes(len(blocks)))):
            pass
        numbers = range(len(blocks))
        parts = [_written(folder, name, [_file(Path(drawn), number, name) for number in numbers]) for name in tables()]
    listed = _part(folder, LIST, _world_list(blocks))
    return WorldsSummary(
        count=2 * sum(block.pairs for block in blocks),
        pairs={block.text: block.pairs for block in blocks},
        parts=tuple(sorted([*parts, listed], key=lambda part: part.table)),
    )


def _processes(blocks: int) -> int:
    """Starting a process costs as much as drawing two blocks."""
    return min(os.cpu_count() or 1, blocks // 2)


def _draw_block(seed: int, blocks: Sequence[_Block], folder: Path, number: int) -> None:
    """Leave every table of one block in `folder`."""
    block = blocks[number]
    with _without_collection():
        worlds = [_world((seed, block.text, pair), block.threshold) for pair in range(block.pairs)]
    for name, table in tables().items():
        columns = _columns(table, block, worlds, seed)
        feather.write_feather(columns, _file(folder, number, name), compression="uncompressed")


def _file(folder: Path, number: int, table: str) -> Path:
    return folder / f"{number}.{table}"


def _written(folder: Path, table: str, files: Sequence[Path]) -> Part:
    """The table of all blocks as one file."""
    return _part(folder, table, pa.concat_tables([feather.read_table(file) for file in files]).combine_chunks())


def _part(folder: Path, name: str, rows: pa.Table) -> Part:
    with PartWriter(at(folder), name, f"worlds/{name}.parquet", rows.schema) as writer:
        writer.write(rows)
    return writer.part()


@contextmanager
def _without_collection() -> Iterator[None]:
    """No search for cycles while millions of rows without any are made; it took a sixth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _blocks(thresholds: Sequence[str]) -> list[_Block]:
    """The base block and one per distinct text, in the order of their world numbers."""
    blocks, taken = [_Block(BASE, None, 0, BASE_PAIRS)], {0}
    for text in sorted(set(thresholds)):
        threshold = parse(text)
        slot = 1 + key(0, "worlds", text) % (_SLOTS - 1)
        while slot in taken:
            slot += 1
        taken.add(slot)
        blocks.append(_Block(text, threshold, slot * _PAIRS_PER_SLOT, THRESHOLD_PAIRS))
    return sorted(blocks, key=lambda block: block.first_pair)


def _world(path: tuple[int, str, int], threshold: Threshold | None) -> World:
    world = draw_world(path, threshold)
    for draw in DRAWERS:
        world.rows.update(draw(world))
    for name, table in tables().items():
        if name not in world.rows:
            world.rows[name] = draw_table(world, table)
    return world


def _columns(table: Table, block: _Block, worlds: Sequence[World], seed: int) -> pa.Table:
    """One table of a block, `world` first: each world once shuffled and once in the reverse of that order."""
    rows: list[Row] = []
    numbers: list[int] = []
    places: list[int] = []
    for offset, world in enumerate(worlds):
        shuffled = Stream(seed, block.text, offset, table.name, "order").shuffled(world.rows[table.name])
        here = range(len(rows), len(rows) + len(shuffled))
        number = 2 * (block.first_pair + offset)
        rows += shuffled
        numbers += [number] * len(here) + [number + 1] * len(here)
        places += [*here, *reversed(here)]
    schema = arrow_schema(table)
    # Each row becomes Arrow once and is then taken twice.
    once = [pa.array([row[field.name] for row in rows], field.type) for field in schema]
    both = [column.take(pa.array(places, pa.int64())) for column in once]
    whole = pa.schema([pa.field("world", pa.int32(), nullable=False), *schema])
    return pa.Table.from_arrays([pa.array(numbers, pa.int32()), *both], schema=whole)


def _world_list(blocks: list[_Block]) -> pa.Table:
    pairs = [(block.text, block.first_pair + offset) for block in blocks for offset in range(block.pairs)]
    rows = [(2 * pair + order, pair, text, order) for text, pair in pairs for order in (0, 1)]
    columns = [
        pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), _LIST_SCHEMA, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=_LIST_SCHEMA)
