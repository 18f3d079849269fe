"""The profile of the log's own tables, as its manifest would give it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from checker.profile import Profile
from generator.model import tables


def manifest() -> dict[str, Any]:
    """The part of a manifest that a profile reads."""
    described = {}
    for name, table in tables().items():
        columns = [{**asdict(column), "nullable": column.nullable} for column in table.columns]
        described[name] = {**asdict(table), "columns": columns}
    return {"tables": described}


PROFILE = Profile.from_manifest(manifest())
