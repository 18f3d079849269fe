"""Where what can be computed again is kept; never inside a workspace."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """The folder, as the environment has it."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "laglead"
