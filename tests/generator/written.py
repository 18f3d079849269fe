"""What stands in a folder, as bytes; and a data set without worlds, where they do not matter."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.worlds import WorldsSummary

NO_WORLDS = WorldsSummary(0, {}, ())


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by its relative path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
