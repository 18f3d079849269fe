"""Ten thousand random tables of all types: equal to themselves, and any planted one-cell change is found.

Many tables share one query: each is a "world" of the result table that an answer would have left behind.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import engine
from checker.answers import Answers, Expected
from checker.canonical import Closeness
from checker.column_type import ColumnType, parse
from checker.compare import residue
from checker.exercise import Tolerance
from checker.pairing import paired
from checker.query_run import WORLDS
from checker.result import Digest, ResultRow, digests, result_rows

TABLES = 300
CLOSE = Closeness(1e-9, 1e-12)
SHOWN = tomllib.loads((Path(__file__).parent / "comparison" / "values.toml").read_text())
VALUES = SHOWN["values"]
KINDS = list(VALUES)
GROUPS = [[kind, KINDS[(7 * number + 3) % len(KINDS)]] for number, kind in enumerate(KINDS)]
Table = list[list[int]]


class Side:
    """One side of a comparison: tables of one column list, all in one result table."""

    def __init__(self, connection: Any, declared: Sequence[ColumnType], actual: Sequence[str]) -> None:
        self.connection = connection
        self.answers = Answers(
            engine.Database("", (), 1, 1 << 29),
            "",
            [(f"c{n}", kind) for n, kind in enumerate(actual)],
            Expected(tuple(enumerate(declared)), (), CLOSE),
            places={WORLDS: connection},
        )
        self.target = "laglead_answer_worlds"

    def hold(self, select: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {self.target} AS {select}")

    def digests(self) -> dict[int, Digest]:
        return digests({"parts": self.answers.digests(WORLDS)})

    def rows(self, worlds: Sequence[int]) -> list[ResultRow]:
        found: list[ResultRow] = []
        while True:
            reply = self.answers.rows(WORLDS, worlds, first=len(found), most=3000)
            found += result_rows(reply, len(self.answers.described))
            if not reply["more"]:
                return found


@pytest.fixture(scope="module")
def connection() -> Any:
    connection = engine.duckdb.connect(":memory:", config={"threads": 1})
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _literal(kind: str, value: int) -> str:
    pool = VALUES[kind]
    return f"CAST({pool[value]} AS {kind})" if value < len(pool) else f"CAST(NULL AS {kind})"


def _random_tables(rng: random.Random, kinds: Sequence[str]) -> list[Table]:
    return [
        [[rng.randrange(len(VALUES[kind]) + 1) for kind in kinds] for _ in range(rng.randrange(1, 5))]
        for _ in range(TABLES)
    ]


def _hold(side: Side, kinds: Sequence[str], tables: Sequence[Table]) -> None:
    """The tables, from a pool of typed values that is looked up by number."""
    connection = side.connection
    for n, kind in enumerate(kinds):
        rows = " UNION ALL ".join(f"SELECT {v} AS v, {_literal(kind, v)} AS x" for v in range(len(VALUES[kind]) + 1))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE pool_{n} AS {rows}")
    flat = [[world, place, *row] for world, table in enumerate(tables) for place, row in enumerate(table)]
    values = ", ".join(f"({', '.join(map(str, row))})" for row in flat)
    names = ", ".join(["world", "place", *(f"v{n}" for n in range(len(kinds)))])
    joins = " ".join(f"JOIN pool_{n} ON pool_{n}.v = t.v{n}" for n in range(len(kinds)))
    columns = ", ".join(f"pool_{n}.x AS c{n}" for n in range(len(kinds)))
    side.hold(
        f"SELECT CAST(world AS INTEGER) AS laglead_world, {columns} "
        f"FROM (VALUES {values}) AS t({names}) {joins} ORDER BY world, place"
    )


def _sides(connection: Any, kinds: Sequence[str]) -> tuple[Side, list[ColumnType]]:
    declared = [parse(kind) for kind in kinds]
    return Side(connection, declared, list(kinds)), declared


@pytest.mark.parametrize("kinds", GROUPS, ids=" and ".join)
def test_tables_equal_themselves_and_any_one_cell_change_is_found(connection: Any, kinds: list[str]) -> None:
    rng = random.Random(str(kinds))
    side, declared = _sides(connection, kinds)
    tables = _random_tables(rng, kinds)
    _hold(side, kinds, tables)
    before, before_rows = side.digests(), side.rows(range(TABLES))
    _hold(side, kinds, [rng.sample(table, len(table)) for table in tables])
    assert side.digests() == before, "the order of rows is free"
    assert not residue(side.rows(range(TABLES)), before_rows, declared, Tolerance())
    changed = [_with_one_change(rng, kinds, table) for table in tables]
    _hold(side, kinds, changed)
    after = side.digests()
    assert [world for world in range(TABLES) if after[world] == before[world]] == []
    left = residue(side.rows(range(TABLES)), before_rows, declared, Tolerance())
    assert {before_rows[index].world for index in left.expected} == set(range(TABLES))


def _with_one_change(rng: random.Random, kinds: Sequence[str], table: Table) -> Table:
    row, column = rng.randrange(len(table)), rng.randrange(len(kinds))
    other = rng.choice([v for v in range(len(VALUES[kinds[column]]) + 1) if v != table[row][column]])
    changed = [list(cells) for cells in table]
    changed[row][column] = other
    return changed


def _ids(case: dict[str, str]) -> str:
    return f"{case['type']}: {case['one']} and {case['other']}"


@pytest.mark.parametrize("case", SHOWN["equal"], ids=_ids)
def test_equal_values_are_equal_however_they_are_stored(connection: Any, case: dict[str, str]) -> None:
    declared = parse(case["type"])
    mine, theirs = (_one_cell(connection, declared, case[side]) for side in ("one", "other"))
    assert declared.is_loose or mine.digests == theirs.digests
    assert not residue(mine.rows, theirs.rows, [declared], Tolerance())


@pytest.mark.parametrize("case", SHOWN["different"], ids=_ids)
def test_values_that_look_alike_differ(connection: Any, case: dict[str, str]) -> None:
    declared = parse(case["type"])
    mine, theirs = (_one_cell(connection, declared, case[side]) for side in ("one", "other"))
    assert mine.digests != theirs.digests
    assert residue(mine.rows, theirs.rows, [declared], Tolerance())


@dataclass(frozen=True)
class OneCell:
    digests: dict[int, Digest]
    rows: list[ResultRow]


def _one_cell(connection: Any, declared: ColumnType, expression: str) -> OneCell:
    actual = str(connection.execute(f"DESCRIBE SELECT {expression} AS c0").fetchone()[1])
    side = Side(connection, [declared], [actual])
    side.hold(f"SELECT 0 AS laglead_world, {expression} AS c0")
    return OneCell(side.digests(), side.rows([0]))


def test_an_unordered_list_is_a_bag_of_values_within_the_tolerance(connection: Any) -> None:
    declared = replace(parse("DOUBLE[]"), unordered=True)
    mine = _one_cell(connection, declared, "[10::DOUBLE, 9.5, 0.1 + 0.2]")
    theirs = _one_cell(connection, declared, "[0.3::DOUBLE, 9.9999999999, 9.5]")
    assert not residue(mine.rows, theirs.rows, [declared], Tolerance())
    other = _one_cell(connection, declared, "[0.3::DOUBLE, 9.5, 9.5]")
    assert residue(mine.rows, other.rows, [declared], Tolerance())


def test_a_long_list_of_floats_is_compared_whole(connection: Any) -> None:
    declared = parse("DOUBLE[]")
    one = _one_cell(connection, declared, "list_transform(range(2000), lambda x: x / 7)")
    near = _one_cell(connection, declared, "list_transform(range(2000), lambda x: x / 7 * (1 + 4e-10))")
    far = _one_cell(
        connection, declared, "list_transform(range(2000), lambda x: x / 7 + CASE x WHEN 1999 THEN 1e-3 ELSE 0 END)"
    )
    assert not residue(one.rows, near.rows, [declared], Tolerance())
    assert residue(one.rows, far.rows, [declared], Tolerance())


@settings(deadline=None)
@given(st.lists(st.floats(-1e3, 1e3), max_size=30), st.randoms(use_true_random=False))
def test_floats_that_all_lie_within_the_tolerance_pair_off_in_any_order(
    values: list[float], rng: random.Random
) -> None:
    tolerance = Tolerance()
    moved = [
        value + rng.uniform(-0.9, 0.9) * (tolerance.absolute + tolerance.relative * abs(value)) / 2 for value in values
    ]
    rng.shuffle(moved)
    mine, theirs = ([ResultRow(0, (repr(v),), (repr(v),)) for v in side] for side in (values, moved))
    assert not residue(mine, theirs, [parse("DOUBLE")], tolerance)


def test_a_row_gives_up_its_partner_to_one_that_has_no_other() -> None:
    near = {(0, 0), (0, 1), (1, 0)}
    pairs = paired([0, 1], lambda _: [0, 1], lambda a, e: (a, e) in near)
    assert pairs == {0: 1, 1: 0}
