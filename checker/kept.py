"""Outcomes of trials on disk, by the text of the mutant; damaged files are judged again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from checker.trial import Alike, Invalid, Outcome, Told


def read(file: Path | None) -> dict[str, Outcome]:
    """What is known, nothing when the file is missing or damaged."""
    if file is None:
        return {}
    try:
        raw = json.loads(file.read_bytes())
        return {str(sql): _outcome(value) for sql, value in raw.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def write(file: Path | None, known: dict[str, Outcome]) -> None:
    """Write it whole or not at all; a full disk costs only time."""
    if file is None:
        return
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, unfinished = tempfile.mkstemp(dir=file.parent, prefix=".incoming-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as target:
                json.dump({sql: _raw(outcome) for sql, outcome in known.items()}, target)
            Path(unfinished).replace(file)
        except OSError:
            Path(unfinished).unlink(missing_ok=True)
            raise


@cache
def code_digest() -> str:
    """SHA-256 of the code that judges: everything in this package but the operators and the rules."""
    folder = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for path in sorted((*folder.glob("*.py"), *folder.glob("statements/*.sql"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _raw(outcome: Outcome) -> dict[str, Any]:
    match outcome:
        case Invalid(reason):
            return {"invalid": reason}
        case Told(how, world, worlds):
            return {"told": how, "world": world, "worlds": list(worlds)}
        case Alike():
            return {}


def _outcome(raw: dict[str, Any]) -> Outcome:
    if "invalid" in raw:
        return Invalid(str(raw["invalid"]))
    if "told" in raw:
        world = raw["world"]
        return Told(str(raw["told"]), None if world is None else int(world), tuple(int(w) for w in raw["worlds"]))
    return Alike()
