"""Runs the shipped SQL: message_events and turns follow from the layers below them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

import duckdb
import pyarrow as pa

from generator.arrow import arrow_schema
from generator.model import tables

THREADS = 2


def derive(table: str, sources: Mapping[str, pa.Table]) -> pa.Table:
    """The rows of `table` by `derive/<table>.sql` over `sources`, in the table's schema."""
    statement = (files("generator.derive") / f"{table}.sql").read_text(encoding="utf-8")
    with duckdb.connect(":memory:", config={"threads": THREADS}) as connection:
        for name, rows in sources.items():
            connection.register(name, rows)
        derived = connection.sql(statement).to_arrow_table()
    return derived.cast(arrow_schema(tables()[table]))
