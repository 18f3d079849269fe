"""Takes the shapes of queries in processes of their own, which the texts of a class cannot leave.

Texts share a process, because a shape decides nothing; where one brings its process down, the others are
asked for again in smaller companies, until it is alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Any

from checker.one_request import MOST_BYTES, Request, ask, serve
from checker.process import Role

CPU_SECONDS = 20
SECONDS = 20.0
# A shape of a text of 64 KiB takes up to a megabyte.
TOGETHER_BYTES = MOST_BYTES // 20

Shape = frozenset[int]


def shapes(queries: Sequence[str], known: Sequence[str]) -> tuple[Shape, ...]:
    """The shape of each query, empty where it has none; `known` are the names of the data in lower case."""
    return tuple(shape for company in _companies(queries) for shape in _halved(company, known))


def _companies(queries: Sequence[str]) -> list[list[str]]:
    """The queries in runs that fit one process."""
    found: list[list[str]] = []
    room = 0
    for query in queries:
        if not found or room < len(query):
            found.append([])
            room = TOGETHER_BYTES
        found[-1].append(query)
        room -= len(query)
    return found


def _halved(queries: Sequence[str], known: Sequence[str]) -> tuple[Shape, ...]:
    answered = _asked(queries, known)
    if answered is not None:
        return answered
    if len(queries) == 1:
        return (frozenset(),)
    middle = len(queries) // 2
    return _halved(queries[:middle], known) + _halved(queries[middle:], known)


def _asked(queries: Sequence[str], known: Sequence[str]) -> tuple[Shape, ...] | None:
    raw = ask(Role.SHAPE, {"queries": list(queries), "known": list(known)}, SECONDS)
    try:
        found = tuple(frozenset(int(run) for run in one) for one in raw)
    except (ValueError, TypeError):
        return None
    return found if len(found) == len(queries) else None


def main(parent: int) -> None:
    """The child: one line on standard input, a list of shapes on standard output."""
    shape = import_module("checker.shape").shape
    shape("SELECT count(*) AS n FROM t -- ready", ())
    serve(partial(_answered, shape), parent, cpu_seconds=CPU_SECONDS)


def _answered(shape: Any, request: Request) -> list[list[int]]:
    known = frozenset(request["known"])
    return [_shape(shape, query, known) for query in request["queries"]]


def _shape(shape: Any, query: str, known: frozenset[str]) -> list[int]:
    try:
        return sorted(shape(query, known))
    except Exception:  # a text without tokens is like no other
        return []
