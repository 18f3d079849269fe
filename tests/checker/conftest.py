"""A data set of three small tables with a log and worlds, and exercises made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from checker import dataset as datasets
from checker.catalog import Catalog, Column, Table
from checker.check import check
from checker.dataset import Dataset
from checker.exercise import Exercise, Order, OutputColumn, Tolerance
from checker.limits import Limits
from checker.verdict import Verdict
from generator import pipeline
from generator.plan import Plan

TABLES = {
    "turns": (("conversation_id", "VARCHAR"), ("turn_index", "INTEGER"), ("user_id", "VARCHAR"), ("seconds", "DOUBLE")),
    "users": (("user_id", "VARCHAR"), ("plan", "VARCHAR")),
    "labels": (("user_id", "VARCHAR"), ("risk", "VARCHAR")),
}
# Worlds of the block 'base': rows by table, each stored a second time in reverse.
BASE: list[dict[str, list[tuple[Any, ...]]]] = [
    {"turns": [("c1", 1, "u1", 0.5)], "users": [("u1", "free")], "labels": []},
    {"turns": [("c1", 1, "u1", 0.5), ("c1", 2, "u1", None)], "users": [("u1", "pro")], "labels": [("u1", "low")]},
    {
        "turns": [("c1", 1, "u1", 0.1), ("c1", 2, None, 0.2), ("c2", 1, "u2", 0.3)],
        "users": [],
        "labels": [("u2", "high")],
    },
    {
        "turns": [("c1", 1, "u1", 1.0), ("c1", 1, "u1", 1.0), ("c2", 1, "u1", 7.0)],
        "users": [("u1", None)],
        "labels": [],
    },
    {
        "turns": [("c3", 5, "u1", 3.0), ("c3", 4, "u2", 3.0)],
        "users": [("u1", ""), ("u2", "free")],
        "labels": [("u1", None)],
    },
    {"turns": [], "users": [("u9", "free")], "labels": []},
]
GAP = [{"turns": [("c1", 1, "u1", 30.0), ("c1", 2, "u1", 31.0)], "users": [("u1", "free")], "labels": []}]


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("data")
    (folder / "manifest.json").write_text("{}")
    native = folder / "laglead.duckdb"
    with duckdb.connect(str(native)) as connection:
        connection.execute("CREATE SCHEMA worlds")
        for name, columns in TABLES.items():
            described = ", ".join(f"{column} {kind}" for column, kind in columns)
            connection.execute(f"CREATE TABLE {name} ({described})")
            connection.execute(f"CREATE TABLE worlds.{name} (world INTEGER NOT NULL, {described})")
        connection.execute(
            "INSERT INTO turns SELECT 'c' || i // 4, i % 4, 'u' || i // 8, i * 0.25 FROM range(4000) t(i)"
        )
        connection.execute("INSERT INTO users SELECT 'u' || i, ['free', 'pro', NULL][1 + i % 3] FROM range(500) t(i)")
        connection.execute("INSERT INTO labels SELECT 'u' || i, ['low', 'high', NULL][1 + i % 3] FROM range(400) t(i)")
        connection.execute(
            "CREATE TABLE worlds.world_list (world INTEGER, pair INTEGER, block VARCHAR, permutation INTEGER)"
        )
        for pair, (block, world) in enumerate([*(("base", w) for w in BASE), *(("30 seconds", w) for w in GAP)]):
            _insert_pair(connection, pair, block, world)
    catalog = Catalog(
        {
            name: Table(name, "modelled", "", 0, (), (), tuple(Column(c, k, True, "") for c, k in columns), ())
            for name, columns in TABLES.items()
        },
        (),
        {"base": len(BASE), "30 seconds": len(GAP)},
        42,
        {},
    )
    return Dataset(folder, catalog, "fixture", native)


def _insert_pair(connection: Any, pair: int, block: str, world: dict[str, list[tuple[Any, ...]]]) -> None:
    for permutation in (0, 1):
        number = 2 * pair + permutation
        connection.execute("INSERT INTO worlds.world_list VALUES (?, ?, ?, ?)", [number, pair, block, permutation])
        for name, rows in world.items():
            for row in reversed(rows) if permutation else rows:
                places = ", ".join("?" for _ in range(len(row) + 1))
                connection.execute(f"INSERT INTO worlds.{name} VALUES ({places})", [number, *row])


@pytest.fixture
def make_exercise(tmp_path: Path) -> Callable[..., Exercise]:
    """An exercise from its reference and its columns: `make_exercise(sql, {"n": "INTEGER"}, order=("n",))`."""

    def make(
        reference: str,
        columns: dict[str, str],
        *,
        order: tuple[str, ...] = (),
        accepts: tuple[str, ...] = (),
        thresholds: tuple[str, ...] = (),
        tolerance: Tolerance | None = None,
        wrong: dict[str, str] | None = None,
    ) -> Exercise:
        folder = tmp_path / "exercise"
        (folder / "wrong").mkdir(parents=True, exist_ok=True)
        (folder / "reference.sql").write_text(reference)
        for number, sql in enumerate(accepts):
            (folder / f"accepted_{number}.sql").write_text(sql)
        for name, sql in (wrong or {}).items():
            (folder / "wrong" / f"{name}.sql").write_text(sql)
        return Exercise(
            id="exercise",
            number="1",
            title="",
            track="",
            level="easy",
            minutes=5,
            concepts=(),
            tables=tuple(TABLES),
            output=tuple(OutputColumn(name, kind, "") for name, kind in columns.items()),
            prompt="",
            folder=folder,
            order=Order(tuple((key.split()[0], key.lower().endswith(" desc")) for key in order)),
            tolerance=tolerance or Tolerance(),
            thresholds=thresholds,
            accepts=tuple(f"accepted_{number}.sql" for number in range(len(accepts))),
        )

    return make


@pytest.fixture
def verdict_of(tmp_path: Path, dataset: Dataset) -> Callable[..., Verdict]:
    """The verdict on an answer's text."""

    def judge(exercise: Exercise, sql: str, *, limits: Limits | None = None, cache: Path | None = None) -> Verdict:
        path = tmp_path / "answer.sql"
        path.write_bytes(sql.encode())
        bounds = limits or Limits(soft_seconds=20, hard_seconds=25)
        return check(exercise, path, dataset, limits=bounds, cache=cache, lint=False).verdict

    return judge


@pytest.fixture
def compared(make_exercise: Callable[..., Exercise], verdict_of: Callable[..., Verdict]) -> Callable[..., Verdict]:
    """The verdict on a query where another is the reference: `compared(answer, reference, n="INTEGER")`."""

    def judge(answer: str, reference: str, *, order: tuple[str, ...] = (), **columns: str) -> Verdict:
        return verdict_of(make_exercise(reference, columns, order=order), answer)

    return judge


@pytest.fixture(scope="session")
def small_log(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The real tables, with a few hundred rows and the first forty worlds."""
    folder = tmp_path_factory.mktemp("small_log")
    pipeline.generate(Plan(seed=7, users=15), folder, thresholds=(), finish=datasets.build)
    found = datasets.open_dataset(folder)
    with duckdb.connect(str(found.native)) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'worlds'").fetchall()
        for (name,) in tables:
            connection.execute(f'DELETE FROM worlds."{name}" WHERE world >= 40')
    return found
