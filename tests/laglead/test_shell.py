"""The prepared database opens in other programs, read-only, while laglead checks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from checker import dataset as datasets
from checker.check import Answer, run_query
from checker.dataset import Dataset
from generator import pipeline
from generator.plan import Plan


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("log")
    pipeline.generate(Plan(seed=7, users=5), folder, thresholds=(), finish=datasets.build)
    (folder / "laglead.toml").write_text('[workspace]\ndata = "."\n')
    return datasets.open_dataset(folder)


def shell(data: Dataset, *arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "laglead", "shell", *arguments]
    environment = {key: value for key, value in os.environ.items() if key != "PATH"} | {"PATH": path}
    return subprocess.run(command, cwd=data.folder, env=environment, capture_output=True, text=True, check=False)


def test_a_client_opens_it_read_only_while_laglead_runs_queries(data: Dataset) -> None:
    with duckdb.connect(str(data.native), read_only=True) as client:
        before = client.execute("SELECT count(*) FROM turns").fetchone()
        found = run_query("SELECT count(*) AS n FROM turns", data)
        assert isinstance(found, Answer)
        assert before is not None
        assert found.rows.rows == ((str(before[0]),),)
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            client.execute("DELETE FROM turns")
        assert client.execute("SELECT count(*) FROM turns").fetchone() == before


def test_without_a_client_the_commands_that_get_one_are_said(data: Dataset) -> None:
    done = shell(data, "--client", "duckdb")
    assert (done.returncode, done.stdout) == (2, "")
    assert "duckdb.org/docs/installation" in done.stderr


def test_the_client_on_the_path_gets_the_database_to_read_only(data: Dataset, tmp_path: Path) -> None:
    client = tmp_path / "duckdb"
    client.write_text('#!/bin/sh\necho "$@"\nexit 4\n')
    client.chmod(0o755)
    done = shell(data, "--client", "duckdb", path=str(tmp_path))
    assert (done.returncode, done.stdout) == (4, f"-readonly {data.native}\n")


def test_an_unknown_client_and_the_path_alone(data: Dataset) -> None:
    unknown = shell(data, "--client", "excel")
    assert unknown.returncode == 2
    assert "Choose one of: harlequin, duckdb" in unknown.stderr
    assert shell(data, "--path").stdout == f"{data.native}\n"
