"""A small data set, made once for all tests of the generator."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from written import NO_WORLDS

from generator import pipeline, worlds
from generator.plan import Plan


@pytest.fixture(scope="session")
def small_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a data set with the `small` profile."""
    folder = tmp_path_factory.mktemp("small") / "data"
    pipeline.generate(Plan(profile="small"), folder)
    return folder


@pytest.fixture
def log(small_log: Path) -> duckdb.DuckDBPyConnection:
    """A connection in which every table of the small log is a view."""
    connection = duckdb.connect()
    for folder in sorted((small_log / "tables").iterdir()):
        connection.execute(f"CREATE VIEW {folder.name} AS SELECT * FROM read_parquet('{folder}/*.parquet')")
    connection.execute(f"CREATE VIEW ledger AS SELECT * FROM read_parquet('{small_log}/_truth/*.parquet')")
    return connection


@pytest.fixture
def no_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worlds have tests of their own: here a summary of none is enough."""
    monkeypatch.setattr(worlds, "write", lambda *_, **__: NO_WORLDS)
