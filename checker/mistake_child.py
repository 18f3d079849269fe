"""Looks at a learner's query in a process of its own: its steps, and what it would be with one mistake less."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from checker.one_request import ask, serve
from checker.process import Role

CPU_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """A query with one mistake less; `clause`, `step` and `line` say where in the learner's text it was made."""

    mistake: str
    clause: str
    step: str
    line: int
    sql: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the child made of a query; empty when it could not read it in time."""

    candidates: tuple[Candidate, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()


def look(sql: str, manifest: Path, seconds: float) -> Seen:
    """Everything that one repair makes of the query. What the child says is believed in its shape only."""
    raw = ask(Role.MISTAKES, {"sql": sql, "manifest": str(manifest.resolve())}, seconds)
    try:
        candidates = tuple(
            Candidate(str(c["mistake"]), str(c["clause"]), str(c["step"]), int(c["line"]), str(c["sql"]))
            for c in raw["candidates"]
        )
        return Seen(candidates, tuple((str(name), str(text)) for name, text in raw["steps"]))
    except (ValueError, KeyError, TypeError):
        return Seen()


def main(parent: int) -> None:
    """The child: one line on standard input, one object on standard output."""
    _warm()
    serve(_seen, parent, cpu_seconds=CPU_SECONDS, readable=lambda request: (request["manifest"],))


def _warm() -> None:
    """Load the parser, the operators and all that they need: once it is locked up, the child can open no file."""
    import_module("checker.steps")
    import_module("checker.mutant").repairs("WITH a AS (SELECT 1 AS one FROM t) SELECT one FROM a WHERE one > 0")


def _seen(request: dict[str, Any]) -> dict[str, Any]:
    from checker.mutant import parse, repairs  # noqa: PLC0415 - loads sqlglot, which the parent must not
    from checker.profile import Profile  # noqa: PLC0415
    from checker.steps import steps  # noqa: PLC0415

    profile = Profile.from_manifest(json.loads(Path(request["manifest"]).read_bytes()))
    tree = parse(request["sql"], profile)
    candidates = [
        {"mistake": m.mistake, "clause": m.operator.clause, "step": m.step, "line": m.line, "sql": m.sql}
        for m in repairs(request["sql"], profile)
    ]
    return {"candidates": candidates, "steps": steps(tree)}
