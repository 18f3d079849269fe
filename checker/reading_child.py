"""Reads queries that somebody else wrote in a process of its own: only their traits come back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Any

from checker.one_request import Request, ask, serve
from checker.process import Role
from checker.traits import Look, Step, Threshold, Traits

CPU_SECONDS = 20
SECONDS = 20.0


def read(queries: Sequence[str], seconds: float = SECONDS) -> tuple[Traits, ...]:
    """The traits of each query; none where the child did not say so in time."""
    if not queries:
        return ()
    raw = ask(Role.READING, {"queries": list(queries)}, seconds)
    try:
        return tuple(_traits(one) for one in raw) if len(raw) == len(queries) else (Traits(),) * len(queries)
    except (ValueError, KeyError, TypeError):
        return (Traits(),) * len(queries)


def _traits(raw: dict[str, Any]) -> Traits:
    return Traits(
        frozenset(Look(name) for name in raw["looks"]),
        tuple(Step(str(s[0]), int(s[1]), bool(s[2]), bool(s[3])) for s in raw["steps"]),
        tuple(Threshold(int(t[0]), str(t[1]), bool(t[2])) for t in raw["thresholds"]),
    )


def main(parent: int) -> None:
    """The child: one line on standard input, the traits of each query on standard output."""
    traits = import_module("checker.query_traits").traits
    traits("WITH a AS (SELECT count(*) AS n FROM t) SELECT n FROM a WHERE n > INTERVAL 30 MINUTES")
    serve(partial(_answered, traits), parent, cpu_seconds=CPU_SECONDS)


def _answered(traits: Any, request: Request) -> list[dict[str, Any]]:
    return [_as_json(traits, sql) for sql in request["queries"]]


def _as_json(traits: Any, sql: str) -> dict[str, Any]:
    try:
        found = traits(sql)
    except Exception:  # one text that cannot be read says nothing of the others
        found = Traits()
    return {
        "looks": [look.value for look in found.looks],
        "steps": [[s.name, s.line, s.commented, s.traceable] for s in found.steps],
        "thresholds": [[t.line, t.text, t.named] for t in found.thresholds],
    }
