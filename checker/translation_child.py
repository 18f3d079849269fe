"""Translates an answer in a process of its own, which the answer cannot leave."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from checker import dialect
from checker.answer import locate
from checker.dialect import Dialect, dialects
from checker.one_request import Request, ask, serve
from checker.process import Role
from checker.translated import Translation
from checker.verdict import Refused

CPU_SECONDS = 10
SECONDS = 10.0
FAILED = "The answer could not be translated in time. Write it more simply, then check again."


def in_duckdb(sql: str) -> Translation | Refused:
    """The answer in the engine's SQL, which most answers are in already, or why it is not translated."""
    match dialect.named(sql):
        case Refused() as refused:
            return refused
        case Dialect(is_native=False) as found:
            return translate(sql, found)
        case _:
            return Translation(sql, sql)


def translate(sql: str, spoken: Dialect) -> Translation | Refused:
    """The answer in DuckDB's SQL, or why it is not translated. What the child says is believed in its shape only."""
    raw = ask(Role.TRANSLATION, {"sql": sql, "dialect": spoken.name}, SECONDS)
    try:
        return _read(raw, sql)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Refused(FAILED)


def _read(raw: dict[str, Any], sql: str) -> Translation | Refused:
    if "reason" in raw:
        start, reason = raw["start"], str(raw["reason"])[:500]
        where = None if start is None else locate(sql, int(start), int(raw["length"]))
        return Refused(f"Not judged: {reason}. Write it another way, or in DuckDB's SQL.", where)
    places = tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in raw["places"])
    return Translation(sql, str(raw["sql"]), places, tuple(str(note) for note in raw["notes"]))


def warm() -> None:
    """Load the parser, the writer and what is known of dialects."""
    translation = import_module("checker.translation")  # loads sqlglot, which the parent of a check must not
    for known in dialects():
        translation.translate("SELECT a / 2 AS b FROM t ORDER BY b DESC", known)


def main(parent: int) -> None:
    """The child: one line on standard input, one object on standard output."""
    warm()
    serve(_answered, parent, cpu_seconds=CPU_SECONDS)


def _answered(request: Request) -> dict[str, Any]:
    translation = import_module("checker.translation")
    spoken = next(known for known in dialects() if known.name == request["dialect"])
    found = translation.translate(request["sql"], spoken)
    return {name: getattr(found, name) for name in found.__slots__}
