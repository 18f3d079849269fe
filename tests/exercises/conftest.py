"""Two data sets: the worlds beside an empty log, where the worlds alone judge, and the practice log itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from folders import THRESHOLDS

from checker import dataset as datasets
from checker.dataset import Dataset
from generator import pipeline, worlds
from generator.arrow import arrow_schema
from generator.model import Table, tables
from generator.plan import Plan

SEED = 42


@pytest.fixture(scope="session")
def worlds_alone(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Every table empty in the log; the worlds that the exercises declare."""
    folder = tmp_path_factory.mktemp("worlds_alone")
    written = worlds.write(folder, seed=SEED, thresholds=THRESHOLDS)
    described = {name: _described(folder, table) for name, table in tables().items()}
    drawn = {"blocks": written.pairs, "files": written.files}
    manifest = {"format": 1, "seed": SEED, "plan": {}, "tables": described, "worlds": drawn}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    datasets.build(folder)
    return datasets.open_dataset(folder)


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """What `laglead generate` makes."""
    folder = tmp_path_factory.mktemp("practice")

    def finish(incoming: Path) -> None:
        datasets.build(incoming)

    pipeline.generate(Plan(seed=SEED), folder, thresholds=THRESHOLDS, finish=finish)
    return datasets.open_dataset(folder)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """References are run once, not once per answer."""
    return tmp_path_factory.mktemp("references")


def _described(folder: Path, table: Table) -> dict[str, Any]:
    file = Path("tables") / table.name / "part-00000.parquet"
    (folder / file).parent.mkdir(parents=True)
    pq.write_table(arrow_schema(table).empty_table(), folder / file)
    columns = [
        {
            "name": column.name,
            "type": column.type,
            "nullable": column.nullable,
            "meaning": column.meaning,
            "values": column.values,
            "ordinal": column.ordinal,
        }
        for column in table.columns
    ]
    references = [{"columns": r.columns, "table": r.table, "to": r.to} for r in table.references]
    return {
        "layer": table.layer,
        "grain": table.grain,
        "rows": 0,
        "exact_rows": table.exact_rows,
        "keys": table.keys,
        "references": references,
        "columns": columns,
        "files": [file.as_posix()],
    }
