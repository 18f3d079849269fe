"""Every planted effect is recovered by the right query and missed by the naive one, on the practice log."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from generator import effects, place
from generator.errors import EffectError
from generator.plan import Plan
from generator.shard import write_background, write_shard

FOLDERS = sorted(path for path in (Path(__file__).parent / "effects").iterdir() if path.is_dir())
LEDGER = "ledger:"


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables and the truth of the practice log, without worlds."""
    folder = tmp_path_factory.mktemp("practice")
    write_background(Plan(), place.at(folder))
    write_shard(Plan(), 0, place.at(folder))
    return folder


@pytest.fixture(scope="module")
def log(practice: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sees what a learner sees."""
    with duckdb.connect() as connection:
        for folder in (practice / "tables").iterdir():
            connection.execute(f"CREATE VIEW {folder.name} AS SELECT * FROM read_parquet('{folder}/*.parquet')")
        yield connection


@pytest.fixture(scope="module")
def planted(practice: Path) -> dict[str, dict[str, float]]:
    """What the truth says of each effect; counts come from the ledger."""
    told = json.loads((practice / "_truth" / "effects.json").read_text(encoding="utf-8"))
    ledger = duckdb.read_parquet(f"{practice}/_truth/*.parquet")
    return {effect["name"]: {k: _number(ledger, v) for k, v in effect["planted"].items()} for effect in told}


def _number(ledger: duckdb.DuckDBPyRelation, value: object) -> object:
    if not (isinstance(value, str) and value.startswith(LEDGER)):
        return value
    kind = value.removeprefix(LEDGER)
    return ledger.filter(f"kind = '{kind}' AND chosen").count("*").fetchall()[0][0]


def found(log: duckdb.DuckDBPyConnection, query: Path) -> dict[str, float]:
    """The one row of a query by column."""
    result = log.execute(query.read_text(encoding="utf-8"))
    names = [column[0] for column in result.description or ()]
    (row,) = result.fetchall()
    return dict(zip(names, row, strict=True))


each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@each_folder
def test_the_right_query_recovers_what_was_planted(
    folder: Path, log: duckdb.DuckDBPyConnection, planted: dict[str, dict[str, float]]
) -> None:
    tolerance = tomllib.loads((folder / "tolerance.toml").read_text(encoding="utf-8"))
    recovered = found(log, folder / "right.sql")
    assert recovered.keys() == tolerance.keys()
    for name, value in recovered.items():
        assert value == pytest.approx(planted[folder.name][name], abs=tolerance[name]), name


@each_folder
def test_the_naive_query_misses_it(
    folder: Path, log: duckdb.DuckDBPyConnection, planted: dict[str, dict[str, float]]
) -> None:
    tolerance = tomllib.loads((folder / "tolerance.toml").read_text(encoding="utf-8"))
    for name, value in found(log, folder / "naive.sql").items():
        assert value is None or value != pytest.approx(planted[folder.name][name], abs=tolerance[name]), name


def test_every_effect_has_its_queries() -> None:
    assert [folder.name for folder in FOLDERS] == list(effects.effects())


@pytest.mark.parametrize("effect", effects.effects().values(), ids=lambda effect: effect.name)
def test_an_effect_says_what_it_is(effect: effects.Effect) -> None:
    assert effect.what
    assert effect.hidden_by
    assert effect.planted(Plan().window())


def test_a_module_that_is_no_effect_is_named() -> None:
    with pytest.raises(EffectError, match=r"see CONTRIBUTING\.md"):
        raise EffectError("broken", "declares no EFFECT")
