"""The profile of Parquet files: their columns' types and, by their statistics, which columns hold NULLs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from checker.errors import SchemaBroken
from checker.profile import ColumnProfile, Profile, TableProfile
from checker.sql_text import statement


def tables(place: Path) -> Mapping[str, Sequence[Path]]:
    """The files of each table: one file is a table, in a folder each file and each folder of files is one."""
    if not place.is_dir():
        return {place.stem: [place]}
    found: dict[str, Sequence[Path]] = {file.stem: [file] for file in sorted(place.glob("*.parquet"))}
    for folder in sorted(one for one in place.iterdir() if one.is_dir() and not one.name.startswith(".")):
        files = sorted(folder.rglob("*.parquet"))
        if files:
            found[folder.name] = files
    if not found:
        raise SchemaBroken("this folder holds no .parquet file")
    return found


def profile(place: Path) -> Profile:
    """What the statistics in the footers tell, without reading a row; keys they do not tell."""
    with duckdb.connect() as connection:
        try:
            known = [_table(connection, name.lower(), files) for name, files in tables(place).items()]
        except duckdb.Error as error:
            raise SchemaBroken(f"not readable as Parquet ({str(error).splitlines()[0]})") from None
    return Profile({table.name: table for table in known})


def _table(connection: duckdb.DuckDBPyConnection, name: str, files: Sequence[Path]) -> TableProfile:
    paths = [str(file) for file in files]
    described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?, union_by_name = true)", [paths]).fetchall()
    counted = connection.execute(statement("parquet_nulls"), [paths]).fetchall()
    holds_null = {str(column).lower(): holds for column, holds in counted}
    columns = [
        ColumnProfile(column.lower(), kind, nullable=holds_null.get(column.lower())) for column, kind, *_ in described
    ]
    return TableProfile(name, {column.name: column for column in columns}, keys_known=False)
