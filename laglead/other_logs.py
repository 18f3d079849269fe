"""Logs of other seeds, made when they are asked for and kept with what can be computed again."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from checker.dataset import Dataset, open_dataset
from checker.verdict import Counterexample, Report
from laglead import generation
from laglead.cachefolder import cache_folder
from laglead.generation import Workers

PRACTICE = "practice log"


def folder_of(seed: int, plan: dict[str, object]) -> Path:
    """Where the log of that seed, and otherwise of this plan, is kept."""
    other = json.dumps({name: value for name, value in plan.items() if name != "seed"}, sort_keys=True)
    return cache_folder() / "logs" / f"seed-{seed}-{hashlib.sha256(other.encode()).hexdigest()[:8]}"


def log_of(seed: int, practice: Dataset) -> Dataset:
    """The log of that seed, otherwise as the practice log; made now, with progress on stderr, when it is not there."""
    if seed == practice.catalog.seed:
        return practice
    from generator.plan import Plan  # noqa: PLC0415 - only another seed needs the generator

    described = practice.catalog.plan
    plan = Plan(
        seed=seed,
        profile=described["profile"],
        users=described["users"],
        weeks=described["weeks"],
        starts_at=datetime.fromisoformat(described["start"]),
        mess=described["mess"],
    )
    folder = folder_of(seed, described)
    if not generation.in_place(str(folder), plan):
        print(f"Generating the log of seed {seed}, once: it is kept in {folder}", file=sys.stderr)
        folder.parent.mkdir(parents=True, exist_ok=True)
        generation.write(plan, str(folder), Workers(1, "pool", None))
    return open_dataset(folder)


def name_of(seed: int) -> str:
    """What the log is called on a screen."""
    return f"log of seed {seed}"


def named(report: Report, seed: int) -> Report:
    """The report with the log called by its seed wherever it speaks of the practice log."""

    def told(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace(PRACTICE, name_of(seed))
        if isinstance(value, tuple):
            return tuple(map(told, value))
        return replace(value, source=told(value.source)) if isinstance(value, Counterexample) else value

    verdict = report.verdict
    return replace(
        report, verdict=replace(verdict, **{f.name: told(getattr(verdict, f.name)) for f in fields(verdict)})
    )
