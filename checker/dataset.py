"""The data set that queries run on: one native DuckDB file, built once from Parquet and manifest.

Schema `main` holds the log's tables, schema `worlds` the same tables of every tiny database with
`world INTEGER` first, and `worlds.world_list`. Schema `origin` says which manifest it came from.
Nothing of `_truth` enters it.
"""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checker import catalog
from checker.errors import DatasetCorrupt

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NATIVE = "laglead.duckdb"
# What the engine passes on in words: the disk is full, the quota or the size of a file is used up.
DISK_TROUBLES = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# Older clients refuse a file in the default storage version of DuckDB 2.0.
STORAGE_VERSION = "v1.0.0"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set that is whole: its folder, its catalog, the digest of its manifest, its native file."""

    folder: Path
    catalog: catalog.Catalog
    digest: str
    native: Path


def open_dataset(folder: Path) -> Dataset:
    """The data set in `folder`, without touching the database; DatasetMissing or DatasetCorrupt otherwise."""
    tables = catalog.read(folder)
    native = folder / NATIVE
    if not native.is_file():
        raise DatasetCorrupt(native, "the prepared database is missing")
    return Dataset(folder=folder, catalog=tables, digest=manifest_digest(folder), native=native)


def manifest_digest(folder: Path) -> str:
    """SHA-256 of the manifest, as hex digits."""
    return hashlib.sha256((folder / catalog.MANIFEST).read_bytes()).hexdigest()


def build(folder: Path) -> Path:
    """Build the native file from `folder`'s Parquet and manifest, whole or not at all; returns its path.

    DatasetCorrupt when the files are not what the manifest says, OSError when the disk is full.
    """
    import duckdb  # noqa: PLC0415 - the check path's parent must never import it

    tables = catalog.read(folder)
    native = folder / NATIVE
    unfinished = folder / f"{NATIVE}.incoming"
    unfinished.unlink(missing_ok=True)
    try:
        with duckdb.connect(":memory:", config={"threads": 2}) as connection:
            connection.execute(f"ATTACH {_text(str(unfinished))} AS built (STORAGE_VERSION '{STORAGE_VERSION}')")
            _copy_log(connection, folder, tables)
            _copy_worlds(connection, folder, tables)
            _write_origin(connection, manifest_digest(folder))
            connection.execute("DETACH built")
        unfinished.replace(native)
    except duckdb.Error as error:
        for number in DISK_TROUBLES:
            if os.strerror(number) in str(error):
                raise OSError(number, os.strerror(number), str(native)) from error
        raise DatasetCorrupt(folder, f"the prepared database could not be built ({_first_line(error)})") from error
    finally:
        unfinished.unlink(missing_ok=True)
        unfinished.with_name(unfinished.name + ".wal").unlink(missing_ok=True)
    return native


def _copy_log(connection: DuckDBPyConnection, folder: Path, tables: catalog.Catalog) -> None:
    for table in tables.tables.values():
        target = f"built.main.{_name(table.name)}"
        connection.execute(f"CREATE TABLE {target} ({column_definitions(table)})")
        connection.execute(_insert(target, table), [[str(folder / file) for file in table.files]])


def _copy_worlds(connection: DuckDBPyConnection, folder: Path, tables: catalog.Catalog) -> None:
    connection.execute("CREATE SCHEMA built.worlds")
    files = {Path(file).stem: str(folder / file) for file in tables.world_files}
    for table in tables.tables.values():
        target = f"built.worlds.{_name(table.name)}"
        connection.execute(f"CREATE TABLE {target} (world INTEGER NOT NULL, {column_definitions(table)})")
        connection.execute(_insert(target, table, "world"), [[files[table.name]]])
    connection.execute(
        "CREATE TABLE built.worlds.world_list AS SELECT world, pair, block, permutation FROM read_parquet(?)",
        [files["world_list"]],
    )


def _write_origin(connection: DuckDBPyConnection, digest: str) -> None:
    connection.execute("CREATE SCHEMA built.origin")
    connection.execute("CREATE TABLE built.origin.manifest AS SELECT ? AS digest", [digest])


def _insert(target: str, table: catalog.Table, *first: str) -> str:
    names = ", ".join(_name(name) for name in (*first, *(column.name for column in table.columns)))
    return f"INSERT INTO {target} ({names}) SELECT {names} FROM read_parquet(?, union_by_name = true)"


def column_definitions(table: catalog.Table) -> str:
    """The columns of a table as CREATE TABLE wants them."""
    return ", ".join(f"{_name(c.name)} {c.type}{'' if c.nullable else ' NOT NULL'}" for c in table.columns)


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
