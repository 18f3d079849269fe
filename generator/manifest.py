"""The manifest: what a data set holds and what made it; without it there is no data set.

`write` makes it, `read` reads it, `verify` recomputes every hash from the files and names what differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from generator.digest import TableDigest, combined
from generator.errors import ManifestError
from generator.ledger import LEDGER
from generator.model import Table, tables
from generator.parquet import Part
from generator.place import Place, Where, at
from generator.plan import Plan
from generator.worlds import WorldsSummary

NAME = "manifest.json"
FORMAT = 1
PACKAGES = ("duckdb", "numpy", "pyarrow")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The first thing of a table that is not what the manifest says."""

    table: str
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.table}.{self.column}" if self.column else self.table
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read: the JSON at the edge, and the few things that are asked of it."""

    raw: Mapping[str, Any]

    @property
    def seed(self) -> int:
        return int(self.raw["seed"])

    @property
    def rows(self) -> dict[str, int]:
        """Rows of each table."""
        return {name: int(table["rows"]) for name, table in self.raw["tables"].items()}

    @property
    def hashes(self) -> dict[str, str]:
        """The logical hash of each table."""
        return {name: str(table["hash"]) for name, table in self.raw["tables"].items()}


def compose(plan: Plan, parts: Iterable[Part], worlds: WorldsSummary, thresholds: Iterable[str]) -> Manifest:
    """The manifest of a data set that has been written."""
    by_table: dict[str, list[Part]] = {name: [] for name in (*tables(), LEDGER)}
    for part in parts:
        by_table[part.table].append(part)
    truth = by_table.pop(LEDGER)
    raw = {
        "format": FORMAT,
        "laglead": version_of("laglead"),
        "seed": plan.seed,
        "plan": plan.described(),
        "versions": versions(),
        "tables": {name: _described(tables()[name], by_table[name]) for name in sorted(by_table)},
        "worlds": {
            "count": worlds.count,
            "blocks": dict(worlds.pairs),
            "thresholds": sorted(set(thresholds)),
            "files": list(worlds.files),
            "tables": {part.table: _contents([part]) for part in worlds.parts},
        },
        "truth": _contents(truth),
    }
    return Manifest(raw)


def write(place: Place, manifest: Manifest) -> None:
    """Write the manifest, which makes a data set of what lies there."""
    place.write_text(NAME, json.dumps(manifest.raw, indent=1, ensure_ascii=False) + "\n")


def read(out: Where) -> Manifest:
    """The manifest of the data set in `out`; ManifestError when there is none or it is garbled."""
    path = f"{out}/{NAME}"
    try:
        raw = json.loads(at(out).read_text(NAME))
    except FileNotFoundError:
        raise ManifestError(path, "there is no data set here") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(path, f"the manifest is not JSON ({error})") from error
    except OSError as error:
        raise ManifestError(path, f"the manifest cannot be read ({error.strerror or error})") from error
    known = isinstance(raw, dict) and raw.get("format") == FORMAT and {"tables", "worlds", "plan", "seed"} <= raw.keys()
    if not known:
        raise ManifestError(path, f"the manifest is not of format {FORMAT}")
    return Manifest(raw)


def verify(out: Where) -> tuple[Mismatch, ...]:
    """The tables whose files do not hold what the manifest says, each with its first differing column."""
    raw, place = read(out).raw, at(out)
    contents = {name: _told(table) for name, table in raw["tables"].items()}
    contents |= {f"worlds.{name}": table for name, table in raw["worlds"].get("tables", {}).items()}
    contents["_truth"] = raw["truth"]
    found = (_mismatch(place, name, table) for name, table in contents.items())
    return tuple(mismatch for mismatch in (*found, *_strays(place, contents)) if mismatch is not None)


def _described(table: Table, parts: list[Part]) -> dict[str, Any]:
    hashes = {c.name: combined(part.hashes[c.name] for part in parts) for c in table.columns}
    return {
        "layer": table.layer,
        "grain": table.grain,
        "keys": [list(key) for key in table.keys],
        "references": [{"columns": list(r.columns), "table": r.table, "to": list(r.to)} for r in table.references],
        "rows": sum(part.rows for part in parts),
        "exact_rows": table.exact_rows,
        "hash": combined(hashes.values()),
        "files": [part.file for part in parts],
        "columns": [
            {
                "name": column.name,
                "type": column.type,
                "nullable": column.nullable,
                "null": column.null,
                "unit": column.unit,
                "values": list(column.values),
                "ordinal": column.ordinal,
                "meaning": column.meaning,
                "oddity": column.oddity,
                "nulls": sum(part.nulls[column.name] for part in parts),
                "hash": hashes[column.name],
            }
            for column in table.columns
        ],
    }


def _contents(parts: list[Part]) -> dict[str, Any]:
    """What files hold: rows, and the hash of each column over all of them."""
    columns = parts[0].hashes if parts else ()
    return {
        "files": [part.file for part in parts],
        "rows": sum(part.rows for part in parts),
        "columns": {name: combined(part.hashes[name] for part in parts) for name in columns},
    }


def _told(table: Mapping[str, Any]) -> dict[str, Any]:
    """The same, of a table of the log."""
    columns = {column["name"]: column["hash"] for column in table["columns"]}
    return {"files": table["files"], "rows": table["rows"], "columns": columns}


def _mismatch(place: Place, name: str, contents: Mapping[str, Any]) -> Mismatch | None:
    rows, hashes = 0, []
    for file in contents["files"]:
        try:
            digest = _digest(place, file)
        except (OSError, pa.ArrowException) as error:
            return Mismatch(name, "", f"{file} is missing or damaged ({_first_line(error)})")
        rows += digest.rows
        hashes.append(digest.columns())
    for column, hash_ in contents["columns"].items():
        parts = [columns.get(column) for columns in hashes]
        if None in parts:
            return Mismatch(name, column, "the column is missing")
        if combined(part for part in parts if part is not None) != hash_:
            return Mismatch(name, column, f"its values are not those that were written ({rows:,} rows)")
    return None if rows == contents["rows"] else Mismatch(name, "", f"{rows:,} rows instead of {contents['rows']:,}")


def _strays(place: Place, contents: Mapping[str, Any]) -> Iterator[Mismatch]:
    """Files that a reader of whole folders would take for a part of a table."""
    known = {file for each in contents.values() for file in each["files"]}
    for folder in ("tables", "worlds", "_truth"):
        for file in place.names(folder, deep=True):
            if file.endswith(".parquet") and file not in known:
                yield Mismatch(Path(file).parent.name, "", f"{file} is not in the manifest")


def _digest(place: Place, path: str) -> TableDigest:
    with place.files.open_input_file(path) as opened, pq.ParquetFile(opened) as file:
        digest = TableDigest(file.schema_arrow)
        for group in range(file.num_row_groups):
            digest.update(file.read_row_group(group))
    return digest


def versions() -> dict[str, str]:
    """The versions of the libraries that write."""
    return {package: version_of(package) for package in PACKAGES}


def version_of(package: str) -> str:
    """The version of an installed package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
