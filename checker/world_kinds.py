"""How an answer does on worlds of each kind: with a NULL, a tie, a value on a threshold, a doubled row, or none of it.

A world is told by what it contains in the columns that the reference reads. It may be of several kinds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from checker import worlds
from checker.canonical import quote
from checker.catalog import Column, Table
from checker.contract import Mismatch, match_columns
from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.limits import Limits
from checker.query_run import QueryRun, QueryStopped
from checker.reference import Reference

BASE = "base"
ARRIVAL = frozenset({"ingested_at", "ingest_seq"})
IDENTIFIES = ("_id", "_ref")


class WorldKind(Enum):
    """What a world contains."""

    PLAIN = "plain"
    NULL = "null"
    TIE = "tie"
    BOUNDARY = "boundary"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class KindScore:
    """How many of the worlds of a kind the answer agrees on."""

    kind: WorldKind
    agreeing: int
    total: int


def scores(
    exercise: Exercise, sql: str, dataset: Dataset, *, reading: Path | None = None, cache: Path | None = None
) -> tuple[KindScore, ...]:
    """One score for each kind that occurs; none where the query does not run or breaks the contract.

    `reading` is the accepted reading to hold it against, the reference when none is named.
    """
    limits = Limits()
    with (
        QueryRun(limits) as run,
        Reference(exercise, reading or exercise.reference, dataset, limits=limits, cache=cache) as reference,
    ):
        try:
            run.open(dataset, sql)
            contract = match_columns(exercise.output, run.columns, names_fixed=exercise.names_fixed)
            if isinstance(contract, Mismatch):
                return ()
            run.expect(contract, exercise)
            wanted = sorted({world for pair in reference.expected().pairs for world in pair})
            mine = run.in_worlds(wanted, seconds=limits.soft_seconds, stop_at_failure=False)
        except QueryStopped:
            return ()
        judged = worlds.judge(mine, reference, contract, exercise.tolerance)
        failing = [pair for pair in reference.expected().pairs if {world for world, _ in mine.failures} & set(pair)]
    agreeing = {first for first, _ in judged.agreeing}
    return _scores(kinds(exercise, dataset), agreeing, (*judged.agreeing, *judged.wrong, *judged.unstable, *failing))


def _scores(
    of: dict[int, frozenset[WorldKind]], agreeing: set[int], pairs: Iterable[tuple[int, int]]
) -> tuple[KindScore, ...]:
    judged = {first for first, _ in pairs}
    total = Counter(kind for world in judged for kind in of.get(world, {WorldKind.PLAIN}))
    right = Counter(kind for world in judged & agreeing for kind in of.get(world, {WorldKind.PLAIN}))
    return tuple(KindScore(kind, right[kind], total[kind]) for kind in WorldKind if total[kind])


def kinds(exercise: Exercise, dataset: Dataset) -> dict[int, frozenset[WorldKind]]:
    """What each world contains; a world without any row of the tables is not listed."""
    import duckdb  # noqa: PLC0415 - the parent of a check must never import it

    words = set(re.findall(r"\w+", exercise.reference.read_text(encoding="utf-8-sig").lower()))
    found: dict[int, set[WorldKind]] = {}
    with duckdb.connect(str(dataset.native), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        blocks = [BASE, *exercise.thresholds]
        listed = "SELECT world, block FROM worlds.world_list WHERE list_contains(?, block)"
        drawn = {int(world): str(block) for world, block in connection.execute(listed, [blocks]).fetchall()}
        for name in exercise.tables:
            table = dataset.catalog.tables[name]
            columns = [column for column in table.columns if column.name.lower() in words]
            for world, rows in _by_world(connection, table, columns).items():
                if world in drawn:
                    found.setdefault(world, set()).update(_kinds(table, columns, rows))
    for world, contains in found.items():
        if drawn[world] != BASE:
            contains.add(WorldKind.BOUNDARY)
    return {world: frozenset(of or {WorldKind.PLAIN}) for world, of in found.items()}


def _by_world(connection: Any, table: Table, columns: Sequence[Column]) -> dict[int, list[tuple[str | None, ...]]]:
    """The rows of each world as text."""
    selected = ", ".join(["world", *(f"CAST({quote(column.name)} AS VARCHAR)" for column in columns)])
    rows: dict[int, list[tuple[str | None, ...]]] = {}
    for world, *values in connection.execute(f"SELECT {selected} FROM worlds.{quote(table.name)}").fetchall():
        rows.setdefault(int(world), []).append(tuple(values))
    return rows


def _kinds(table: Table, columns: Sequence[Column], rows: Sequence[tuple[str | None, ...]]) -> Iterator[WorldKind]:
    if any(value is None for row in rows for value in row):
        yield WorldKind.NULL
    if any(_repeats(row[place] for row in rows) for place, column in enumerate(columns) if _is_moment(column)):
        yield WorldKind.TIE
    compared = [place for place, column in enumerate(columns) if column.name not in _numbers(table)]
    named = [place for place in compared if columns[place].name.endswith(IDENTIFIES)]
    if _repeats(tuple(row[p] for p in compared) if any(row[p] for p in named) else None for row in rows):
        yield WorldKind.DUPLICATE


def _is_moment(column: Column) -> bool:
    return column.type.startswith("TIMESTAMP")


def _numbers(table: Table) -> frozenset[str]:
    """The columns that only number the rows: the last of each key, and how they arrived."""
    return ARRIVAL | {key[-1] for key in table.keys}


def _repeats(values: Iterable[object]) -> bool:
    known = [value for value in values if value is not None]
    return len(set(known)) < len(known)
