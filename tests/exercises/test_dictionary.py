"""The data dictionary says how much of a column is NULL, and the practice log agrees."""

from __future__ import annotations

import re

from checker.dataset import Dataset
from generator.model import tables

# "49 %: all but answers": the share, then where the NULLs are.
SHARE = re.compile(r"(?P<percent>\d+(\.\d)?) %(: .+)?")


def test_every_written_share_of_null_is_the_measured_one(practice: Dataset) -> None:
    wrong = []
    for table in tables().values():
        log = practice.catalog.tables[table.name]
        for column in table.columns:
            measured = 100 * next(found.nulls for found in log.columns if found.name == column.name) / log.rows
            written = SHARE.fullmatch(column.null)
            assert written or not column.null, f"{table.name}.{column.name}: '{column.null}' names no share"
            promised = float(written["percent"]) if written else 0.0
            if abs(promised - measured) > max(0.6, promised / 20):
                wrong.append(f"{table.name}.{column.name} says {column.null or 'never'}, measured {measured:.2f} %")
    assert wrong == []
