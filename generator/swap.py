"""Puts a finished data set in place: nothing half-written ever looks whole, and nothing of others is touched.

    .incoming/RUN/   being written; what one run, or several that make shards of one plan, finished so far
    .ready/          whole (renamed from .incoming/RUN in one step); its entries are being moved into place

A later start finishes the move of a `.ready` and removes every `.incoming/RUN` but its own. While entries are
moved there is no manifest, and so no data set that could be read half old and half new.
"""

from __future__ import annotations

import shutil
from pathlib import Path

INCOMING = ".incoming"
READY = ".ready"
RETIRED = ".retired"
# The entries of a data set, in the order in which they are moved; the manifest comes last and commits.
ENTRIES = ("tables", "worlds", "_truth", "laglead.duckdb", "manifest.json")


def begin(out: Path, run: str) -> Path:
    """The folder that `run` writes into; leftovers of other runs are dealt with first."""
    recover(out, keep=run)
    return share(out, run)


def share(out: Path, run: str) -> Path:
    """The folder that `run` writes into, beside others that may be at work."""
    incoming = out / INCOMING / run
    incoming.mkdir(parents=True, exist_ok=True)
    return incoming


def commit(out: Path, run: str) -> None:
    """Put what `run` wrote in place of the earlier data set."""
    (out / INCOMING / run).rename(out / READY)
    _remove(out / INCOMING)
    _move(out)


def abandon(out: Path) -> None:
    """Remove what was being written."""
    _remove(out / INCOMING)


def recover(out: Path, keep: str = "") -> None:
    """Finish a move that was interrupted, and remove what other runs than `keep` never finished."""
    if (out / READY).is_dir():
        _move(out)
    for run in (out / INCOMING).glob("*"):
        if run.name != keep:
            _remove(run)
    if not (out / INCOMING / keep).is_dir() or not keep:
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
