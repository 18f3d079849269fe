"""The SQL on the pages of the exercises runs, and does what the page says."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from folders import FOLDERS, TRACKS, examples, named

from generator.model import tables

BOUND = "SELECT columns(*)::VARCHAR FROM (\n{}\n) AS example"


@pytest.mark.parametrize("track", named(TRACKS, 1))
def test_the_examples_of_a_topic_run_and_give_what_is_printed(track: Path) -> None:
    found = list(examples(track / "topic.md"))
    assert found, "a topic teaches by examples: write ```sql blocks"
    for sql, printed in found:
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            result = connection.execute(BOUND.format(sql.rstrip().rstrip(";")))
            names = [column[0] for column in result.description or ()]
            rows = [["NULL" if cell is None else cell.strip() for cell in row] for row in result.fetchall()]
        assert printed is None or printed == [names, *rows]


@pytest.mark.parametrize("folder", named(FOLDERS, 1))
def test_the_queries_of_an_explanation_run_on_the_tables_of_the_log(folder: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for table in tables().values():
            columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
            connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
        for sql, _ in examples(folder / "explain.md"):
            connection.execute(BOUND.format(sql.rstrip().rstrip(";"))).fetchall()
