"""One world while it is drawn: its mood and clock, its few ids, and the rows drawn so far."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from generator.model import Column, Table, tables
from generator.seed import Stream
from generator.worlds.clock import Clock, draw_clock
from generator.worlds.mood import Mood, draw_mood
from generator.worlds.threshold import Count, Daily, Elapsed, Threshold

Row = dict[str, Any]
"""Column name to value; a TIMESTAMPTZ is microseconds since 1970 UTC, a STRUCT a dict, a list a list."""


@cache
def words() -> dict[str, list[str]]:
    """The words of the worlds by column name."""
    return tomllib.loads((files("generator.worlds") / "words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation and the user that holds it in `turns` (None: nobody knows), constant as the contract says."""

    id: str
    user_id: str | None
    user_ref: str | None


@dataclass(frozen=True, slots=True)
class World:
    """One world: `path` keys its streams; `rows` holds the tables drawn so far, by name."""

    path: tuple[int, str, int]
    threshold: Threshold | None
    mood: Mood
    clock: Clock
    users: tuple[str, ...]
    references: tuple[str, ...]
    conversations: tuple[Conversation, ...]
    messages: tuple[str, ...]
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def stream(self, *names: str) -> Stream:
        """The stream of a table, and of a part of it."""
        return Stream(*self.path, *names)

    @property
    def climbs(self) -> bool:
        """Whether the threshold lies between a low and a high turn: several conversations of few users then matter."""
        return isinstance(self.threshold, Elapsed) and self.threshold.from_low_to_high

    @property
    def directed(self) -> bool:
        """Whether the threshold needs user turns that have a clock."""
        return self.climbs or isinstance(self.threshold, Daily)

    def counts(self, thing: str) -> int:
        """The number that the threshold sets for what is no table, such as "claims", or 0."""
        count = self.threshold
        return count.number if isinstance(count, Count) and count.table == thing else 0

    def near(self, table: str) -> int | None:
        """The count that a threshold sets for `table`, if it sets one."""
        count = self.threshold
        return count.number if isinstance(count, Count) and count.table in (table, None) else None

    def size(self, stream: Stream, table: str, most: int = 12) -> int:
        """How many rows to draw: none where the table is absent, else near the threshold's count or by mood."""
        if stream.chance(self.mood.absent):
            return 0
        near = self.near(table)
        if near is not None and not stream.chance(15):
            return near + stream.pick((-1, 0, 1))
        fewest, largest = min(self.mood.fewest, most), min(self.mood.most, most)
        return fewest + stream.below(largest - fewest + 1)


def draw_world(path: tuple[int, str, int], threshold: Threshold | None) -> World:
    """The mood, clock and ids of the world at `path`; its tables are still to be drawn."""
    stream = Stream(*path, "world")
    mood = draw_mood(stream)
    clock = draw_clock(stream, mood, threshold)
    users = ("u1", "u2", "u3")[: stream.pick((1, 1, 1, 2, 2, 3))]
    # A reference that reads like another user's id punishes joining user_ref to user_id.
    references = stream.pick((("r1", "r2", "r3"), ("r1", "r2"), ("u2", "u1", "r3")))
    held = range(1, 1 + stream.pick((1, 2, 2, 3, 3, 3)))
    messages = tuple(f"m{n}" for n in range(1, 13))
    world = World(path, threshold, mood, clock, users, references, (), messages)
    if isinstance(threshold, Daily):
        mood, held = replace(mood, nulls=stream.pick(((0,), (0,), (0,), (100,), mood.nulls))), range(1, 4)
    if world.climbs:
        users, held = users[: stream.pick((1, 1, 2))], range(1, 5)
        mood = replace(mood, nulls=stream.pick(((0,), (0,), (0,), (0,), (100,))))
    return replace(world, conversations=tuple(_conversation(stream, mood, n, users, references) for n in held))


def _conversation(
    stream: Stream, mood: Mood, number: int, users: Sequence[str], references: Sequence[str]
) -> Conversation:
    nobody = stream.chance(stream.pick(mood.nulls) // 2)
    return Conversation(
        f"c{number}", None if nobody else stream.pick(users), stream.pick((None, *references, *references))
    )


class Filler:
    """Draws the rows of one table in one world: each nullable column has one null rate for the whole world."""

    __slots__ = ("_columns", "stream", "world")

    def __init__(self, world: World, table: str, stream: Stream) -> None:
        self.world, self.stream = world, stream
        self._columns = [(c, stream.pick(world.mood.nulls) if c.nullable else 0) for c in tables()[table].columns]

    def row(self, fixed: Row, **loose: Any) -> Row:
        """A row: `fixed` as it is, `loose` blanked at its column's rate, the rest drawn from the description."""
        row: Row = {}
        for column, rate in self._columns:
            name = column.name
            if name in fixed:
                row[name] = fixed[name]
            elif rate and self.stream.below(100) < rate:
                row[name] = None
            else:
                row[name] = loose[name] if name in loose else draw_value(self.world, column, self.stream)
        return row

    def maybe(self, value: Any) -> Any:
        """The value, or None as often as this world's mood blanks a column."""
        return None if self.stream.chance(self.stream.pick(self.world.mood.nulls)) else value


def draw_value(world: World, column: Column, stream: Stream) -> Any:
    """A value, never NULL, of a column from its declared values, its name or its type."""
    if column.values:
        value = stream.pick(column.values)
        return value if column.type == "VARCHAR" else int(value)
    if column.type.endswith("[]"):
        return []
    return _BY_TYPE[column.type.partition("(")[0]](world, column, stream)


_BY_TYPE: dict[str, Callable[[World, Column, Stream], Any]] = {
    "VARCHAR": lambda world, column, stream: stream.pick(words().get(column.name, ("a", "b"))),
    "TIMESTAMPTZ": lambda world, column, stream: world.clock.moment(stream),
    "BOOLEAN": lambda world, column, stream: stream.below(2) == 1,
    "SMALLINT": lambda world, column, stream: stream.below(4),
    "INTEGER": lambda world, column, stream: stream.pick((1, 2, 9, 10)),
    "BIGINT": lambda world, column, stream: stream.pick((0, 1, 9, 10, 1024)),
    "DOUBLE": lambda world, column, stream: stream.pick((0.0, 0.1, 0.5, 0.9, 1.0)),
    "DECIMAL": lambda world, column, stream: Decimal(stream.pick(("0.5000", "1.2500", "10.0000"))),
    "STRUCT": lambda world, column, stream: {},
}


def draw_table(world: World, table: Table) -> list[Row]:
    """Rows of a table that has no drawer of its own, from its description alone."""
    stream = world.stream(table.name)
    filler = Filler(world, table.name, stream)
    count = world.size(stream, table.name, 6) if table.exact_rows is None else table.exact_rows
    rows = [filler.row({}) for _ in range(count)]
    return unique(rows, table.keys)


def unique(rows: list[Row], keys: Sequence[Sequence[str]]) -> list[Row]:
    """The rows whose keys, where none of their columns is NULL, were not seen before."""
    kept, seen = [], set()
    for row in rows:
        marks = [
            (tuple(key), *(row[name] for name in key)) for key in keys if all(row[name] is not None for name in key)
        ]
        if not any(mark in seen for mark in marks):
            seen.update(marks)
            kept.append(row)
    return kept
