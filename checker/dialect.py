"""The SQL dialect that an answer is written in: its first line says so, `-- dialect: snowflake`.

Known dialects and what is different there stand in `dialects.toml`. This module parses no SQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checker.answer import locate
from checker.verdict import Refused

FILE = Path(__file__).with_name("dialects.toml")
NATIVE = "duckdb"
_FIRST_LINE = re.compile(r"[ \t]*--[ \t]*dialect[ \t]*[:=][ \t]*([^\r\n]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """What laglead knows of a dialect.

    `reads` is sqlglot's name for it, `folds` the case of names without quotes ('' where case never counts),
    `numeric` what NUMERIC without digits is, `rounds` how a fraction becomes a whole number, `also` the
    kinds of nodes that are translated here alone, `lacks` what DuckDB has and it has not, and `first_nulls`
    the sort order in which NULL comes first.
    """

    name: str
    title: str
    reads: str
    aliases: tuple[str, ...] = ()
    folds: str = ""
    integer_division: bool = False
    numeric: str = "DOUBLE"
    rounds: str = ""
    also: frozenset[str] = frozenset()
    lacks: tuple[str, ...] = ()
    first_nulls: str = ""

    @property
    def is_native(self) -> bool:
        """Whether nothing has to be translated."""
        return self.name == NATIVE


@cache
def _file() -> dict[str, dict[str, object]]:
    import tomllib  # noqa: PLC0415 - most answers name no dialect

    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def dialects() -> tuple[Dialect, ...]:
    """All known dialects."""
    return tuple(_dialect(name, raw) for name, raw in _file().items() if name != "translated")


def _dialect(name: str, raw: dict[str, object]) -> Dialect:
    lists = {key: tuple(value) for key, value in raw.items() if isinstance(value, list)}
    words = {"also": frozenset(str(raw.get("also", "")).split())}
    plain = {key: value for key, value in raw.items() if key not in lists and key not in words}
    return Dialect(name, **{**plain, **lists, **words})  # type: ignore[arg-type]


@cache
def translated() -> frozenset[str]:
    """The kinds of nodes that are translated from every dialect."""
    return frozenset(name for names in _file()["translated"].values() for name in str(names).split())


def named(sql: str) -> Dialect | Refused | None:
    """The dialect that the first line names; None when it names none, Refused when there is no such dialect."""
    match = _FIRST_LINE.match(sql)
    if match is None:
        return None
    wanted = match.group(1).strip().lower()
    for dialect in dialects():
        if wanted in (dialect.name, *dialect.aliases):
            return dialect
    import difflib  # noqa: PLC0415

    names = [name for dialect in dialects() for name in (dialect.name, *dialect.aliases)]
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(d.name for d in dialects())}."
    word = match.group(1).strip() or "an empty name"
    return Refused(f"There is no dialect {word[:40]}. {hint}", locate(sql, match.start(1), max(1, len(wanted))))
