"""The tables of the log: their columns, types, keys and meanings, read from `generator/tables/`.

One TOML file is one table; its presence is its registration. The same description becomes the
Parquet schema, the manifest, the data dictionary and the lint profile.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `type` is the DuckDB type, `null` its share of NULL in the practice log and where ("" is never)."""

    name: str
    type: str
    meaning: str
    oddity: str = ""
    null: str = ""
    unit: str = ""
    values: tuple[str, ...] = ()
    ordinal: bool = False

    @property
    def nullable(self) -> bool:
        return bool(self.null)


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: these columns, where not NULL, are found in `to` of `table`."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `keys` are unique where none of their columns is NULL; `exact_rows` (None: any) holds everywhere."""

    name: str
    layer: str
    grain: str
    keys: tuple[tuple[str, ...], ...]
    references: tuple[Reference, ...]
    columns: tuple[Column, ...]
    exact_rows: int | None = None

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")


@cache
def tables() -> dict[str, Table]:
    """All tables by name, in alphabetical order."""
    folder = files("generator") / "tables"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)
    return {path.name.removesuffix(".toml"): _table(path.name, path.read_text(encoding="utf-8")) for path in paths}


def _table(file_name: str, text: str) -> Table:
    raw = tomllib.loads(text)
    return Table(
        name=file_name.removesuffix(".toml"),
        layer=raw["layer"],
        grain=raw["grain"],
        keys=tuple(tuple(key) for key in raw["keys"]),
        references=tuple(Reference(tuple(r["columns"]), r["table"], tuple(r["to"])) for r in raw["references"]),
        columns=tuple(Column(**{**column, "values": tuple(column.get("values", ()))}) for column in raw["columns"]),
        exact_rows=raw.get("exact_rows"),
    )
