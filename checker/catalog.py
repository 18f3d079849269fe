"""The schema of a data set as its manifest tells it: tables, columns, keys, references, row counts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.errors import DatasetCorrupt, DatasetMissing

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `nulls` counts its NULLs in the log, `null` says in words where they come from."""

    name: str
    type: str
    nullable: bool
    meaning: str
    oddity: str = ""
    null: str = ""
    unit: str = ""
    values: tuple[str, ...] = ()
    ordinal: bool = False
    nulls: int = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: these columns, where not NULL, are found in `to` of `table`."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `keys` are unique where none of their columns is NULL, `files` are relative paths.

    `exact_rows` is how many rows the table has wherever it is: in the log, in a world, in an example. None: any number.
    """

    name: str
    layer: str
    grain: str
    rows: int
    keys: tuple[tuple[str, ...], ...]
    references: tuple[Reference, ...]
    columns: tuple[Column, ...]
    files: tuple[str, ...]
    exact_rows: int | None = None


@dataclass(frozen=True, slots=True)
class Catalog:
    """All tables by name, the worlds' files, and what made them."""

    tables: dict[str, Table]
    world_files: tuple[str, ...]
    world_blocks: dict[str, int]
    seed: int
    plan: dict[str, Any]


def read(folder: Path) -> Catalog:
    """The catalog of the data set in `folder`; DatasetMissing without a manifest, DatasetCorrupt with a bad one."""
    file = folder / MANIFEST
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DatasetMissing(folder) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DatasetCorrupt(file, f"the manifest is not JSON ({error})") from error
    except OSError as error:
        step = "Check who may read it (laglead doctor), then try again"
        raise DatasetCorrupt(file, f"the manifest cannot be read ({error.strerror})", step) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise DatasetCorrupt(file, f"the manifest is not of format {FORMAT}")
    try:
        return _catalog(raw)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise DatasetCorrupt(file, f"the manifest lacks or garbles {error}") from error


def _catalog(raw: dict[str, Any]) -> Catalog:
    return Catalog(
        tables={name: _table(name, table) for name, table in sorted(raw["tables"].items())},
        world_files=tuple(raw["worlds"]["files"]),
        world_blocks=dict(raw["worlds"]["blocks"]),
        seed=int(raw["seed"]),
        plan=dict(raw["plan"]),
    )


def _table(name: str, raw: dict[str, Any]) -> Table:
    return Table(
        name=name,
        layer=raw["layer"],
        grain=raw["grain"],
        rows=int(raw["rows"]),
        keys=tuple(tuple(key) for key in raw["keys"]),
        references=tuple(Reference(tuple(r["columns"]), r["table"], tuple(r["to"])) for r in raw["references"]),
        columns=tuple(_column(column) for column in raw["columns"]),
        files=tuple(raw["files"]),
        exact_rows=_count(raw.get("exact_rows")),
    )


def _count(raw: Any) -> int | None:
    return None if raw is None else int(raw)


def _column(raw: dict[str, Any]) -> Column:
    return Column(
        name=raw["name"],
        type=raw["type"],
        nullable=bool(raw["nullable"]),
        meaning=raw["meaning"],
        oddity=raw.get("oddity", ""),
        null=raw.get("null", ""),
        unit=raw.get("unit", ""),
        values=tuple(raw.get("values", ())),
        ordinal=bool(raw.get("ordinal", False)),
        nulls=int(raw.get("nulls", 0)),
    )
