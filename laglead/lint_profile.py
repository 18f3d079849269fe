"""What lint knows of the data: from the log in place, or from a description of other tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.catalog import MANIFEST
from checker.errors import SchemaBroken
from checker.profile import Profile
from laglead.errors import Mistake


def of_catalog(folder: Path) -> Profile | None:
    """The profile of the data set in `folder`; None when there is none or it cannot be read."""
    try:
        return Profile.from_manifest(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def of_schema(file: Path) -> Profile:
    """The profile that a file describes, by its ending: .sql (DDL), .toml, .json (dbt, or a log's manifest).

    Parquet files, or a folder of them, describe themselves.
    """
    try:
        return _described(file)
    except SchemaBroken as error:
        raise Mistake(f"{file}: {error}. See docs/lint.md for what a schema may be.") from None


def _described(file: Path) -> Profile:
    match ".parquet" if file.is_dir() else file.suffix.lower():
        case ".parquet":
            from checker.schemas import parquet  # noqa: PLC0415 - the engine is slow to import

            return parquet.profile(file)
        case ".sql":
            from checker.schemas import ddl  # noqa: PLC0415 - sqlglot is slow to import

            return ddl.profile(_text(file))
        case ".toml":
            from checker.schemas import described  # noqa: PLC0415

            return described.profile(_text(file))
        case ".json":
            return _json_profile(file)
        case _:
            raise SchemaBroken("a schema is a .sql, .toml, .json or .parquet file, or a folder of Parquet files")


def _json_profile(file: Path) -> Profile:
    raw = _json(file)
    if "nodes" in raw:
        from checker.schemas import dbt  # noqa: PLC0415

        catalog = file.with_name("catalog.json")
        return dbt.profile(raw, _json(catalog) if catalog.is_file() else {})
    try:
        return Profile.from_manifest(raw)
    except (KeyError, TypeError, AttributeError):
        raise SchemaBroken("neither dbt's manifest.json nor the manifest of a log") from None


def _json(file: Path) -> Mapping[str, Any]:
    try:
        raw = json.loads(_text(file))
    except ValueError as error:
        raise SchemaBroken(f"not JSON ({error})") from None
    if not isinstance(raw, dict):
        raise SchemaBroken("not a JSON object")
    return raw


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SchemaBroken("not UTF-8") from None
    except OSError as error:
        raise SchemaBroken(f"cannot be read ({error.strerror})") from None
