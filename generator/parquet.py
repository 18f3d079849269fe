"""Parquet files of a table: one file for 24,000 users, one row group for 2,000, hashed on the way out."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from generator.digest import TableDigest
from generator.place import Place

COMPRESSION, LEVEL = "zstd", 1
# Ids and texts hardly repeat: a dictionary for them is tried, found too large and thrown away.
TEXTS = ("_id", "_hash", "text", "value", "key", "arguments")
WITHOUT_DICTIONARY = (*TEXTS, "_at", "ingest_seq")
# The smallest and the largest of random ids and of texts let no reader skip anything.
WITHOUT_STATISTICS = TEXTS
# Values that pyarrow encodes in one go; its own thousand costs a tenth more time.
BATCH = 65_536


@dataclass(frozen=True, slots=True)
class Part:
    """One written file: its table, its path relative to the data set, its rows, column hashes and NULLs."""

    table: str
    file: str
    rows: int
    hashes: dict[str, str]
    nulls: dict[str, int]


class PartWriter:
    """Writes one file of a table; each `write` is a row group. A file that was not finished is no file."""

    def __init__(self, place: Place, table: str, file: str, schema: pa.Schema) -> None:
        self._table, self._file, self._schema = table, file, schema
        self._digest = TableDigest(self._schema)
        self._opened = ExitStack()
        self._writer = pq.ParquetWriter(
            self._opened.enter_context(place.create(file)),
            self._schema,
            compression=COMPRESSION,
            compression_level=LEVEL,
            use_dictionary=_without(self._schema, WITHOUT_DICTIONARY),
            write_statistics=_without(self._schema, WITHOUT_STATISTICS),
            write_batch_size=BATCH,
        )

    def write(self, rows: pa.Table) -> None:
        """Add a row group."""
        rows = rows.combine_chunks()
        self._digest.update(rows)
        self._writer.write_table(rows, row_group_size=max(rows.num_rows, 1))

    def __enter__(self) -> PartWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            with self._opened:
                self._writer.close()
            return
        # Closing it would write a footer, and half a file would look whole.
        self._writer.is_open = False
        self._opened.__exit__(kind, error, trace)

    def part(self) -> Part:
        """What was written."""
        digest = self._digest
        return Part(self._table, self._file, digest.rows, digest.columns(), digest.nulls())


def file_name(table: str, number: int) -> str:
    """The path of a table's file, relative to the data set."""
    return f"tables/{table}/part-{number:05}.parquet"


def _without(schema: pa.Schema, endings: tuple[str, ...]) -> list[str]:
    """The leaf columns that do not end so, by their Parquet path."""
    return [path for field in schema for path in _leaves(field) if not path.endswith(endings)]


def _leaves(field: pa.Field, path: str = "") -> list[str]:
    here = f"{path}.{field.name}" if path else field.name
    if pa.types.is_list(field.type):
        return _leaves(field.type.value_field.with_name("element"), f"{here}.list")
    if pa.types.is_struct(field.type):
        return [leaf for child in field.type for leaf in _leaves(child, here)]
    return [here]
