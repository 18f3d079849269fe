"""The lint profile of the data set in place, straight from its manifest."""

from __future__ import annotations

import json
from pathlib import Path

from checker.catalog import MANIFEST
from checker.profile import Profile


def of_catalog(folder: Path) -> Profile | None:
    """The profile of the data set in `folder`; None when there is none or it cannot be read."""
    try:
        return Profile.from_manifest(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
