"""Puts a finished data set in place: nothing half-written ever looks whole, and nothing of others is touched.

    .incoming/   being written; worth nothing after an interruption
    .ready/      whole (renamed from .incoming in one step); its entries are being moved into place

A later start finishes the move of a `.ready` and removes an `.incoming`. While entries are moved there is no
manifest, and so no data set that could be read half old and half new.
"""

from __future__ import annotations

import shutil
from pathlib import Path

INCOMING = ".incoming"
READY = ".ready"
RETIRED = ".retired"
# The entries of a data set, in the order in which they are moved; the manifest comes last and commits.
ENTRIES = ("tables", "worlds", "_truth", "laglead.duckdb", "manifest.json")


def begin(out: Path) -> Path:
    """An empty folder to write into; leftovers of an earlier run are dealt with first."""
    recover(out)
    incoming = out / INCOMING
    incoming.mkdir(parents=True)
    return incoming


def commit(out: Path) -> None:
    """Put what lies in `.incoming` in place of the earlier data set."""
    (out / INCOMING).rename(out / READY)
    _move(out)


def abandon(out: Path) -> None:
    """Remove what was being written."""
    _remove(out / INCOMING)


def recover(out: Path) -> None:
    """Finish a move that was interrupted, or remove what was never finished."""
    if (out / READY).is_dir():
        _move(out)
    _remove(out / INCOMING)
    _remove(out / RETIRED)


def _move(out: Path) -> None:
    """Move each entry that `.ready` still holds into place; entries already moved are no longer there."""
    ready, retired = out / READY, out / RETIRED
    if (ready / ENTRIES[-1]).exists():
        # Old and new files never stand under one manifest: until the move is done there is none.
        (out / ENTRIES[-1]).unlink(missing_ok=True)
    for name in ENTRIES:
        new, place = ready / name, out / name
        if not new.exists():
            continue
        if place.exists() or place.is_symlink():
            _remove(retired)
            retired.mkdir()
            place.rename(retired / name)
        new.rename(place)
    _remove(ready)
    _remove(retired)


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
