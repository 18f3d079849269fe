"""Says in a learner's words why a query did not run: where, what it means, which names are near, what there is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from checker.answer import locate
from checker.catalog import Table
from checker.limits import Limits
from checker.result import Failure
from checker.verdict import Broken, Location, Refused, TimedOut

EXPLANATIONS = Path(__file__).with_name("explanations.toml")
MOST_NEAR = 3
MOST_TABLES = 2
CUTOFF = 0.6
_QUOTED = re.compile(r"""'(?:[^']|'')*'|--[^\r\n]*|/\*.*?\*/""", re.DOTALL)
_CTE = re.compile(r"(\w+)\s+AS\s*(?:(?:NOT\s+)?MATERIALIZED\s*)?\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One kind of error, as `explanations.toml` describes it."""

    name: str
    match: re.Pattern[str]
    says: str
    example: str
    mended: str
    at: str = ""
    among: str = ""


@cache
def explanations() -> tuple[Explanation, ...]:
    """All of them, in the order in which they are tried."""
    raw = tomllib.loads(EXPLANATIONS.read_text(encoding="utf-8"))
    return tuple(
        Explanation(name, **{**fields, "match": re.compile(fields["match"], re.DOTALL)}) for name, fields in raw.items()
    )


def stopped(failure: Failure, sql: str, limits: Limits, tables: Mapping[str, Table]) -> Broken | Refused | TimedOut:
    """The verdict on an answer that did not come to its end; `tables` are those of the log."""
    where = place(failure, sql)
    match failure.kind:
        case "timeout":
            advice = "Look for a join without a key or a loop without an end."
            return TimedOut(f"The query ran longer than {limits.soft_seconds:g} seconds. {advice}", limits.soft_seconds)
        case "refused":
            why = _first_line(failure.message)
            advice = "" if "SELECT" in why else " An answer reads the tables with one SELECT."
            return Refused(f"Not run: {why}.{advice}", where)
        case "memory":
            megabytes = limits.engine_memory_bytes >> 20
            advice = "Join on keys, and filter or group earlier."
            return Broken(f"The query needs more than {megabytes} MB of memory. {advice}", where)
        case "output":
            advice = "Return the rows that the exercise asks for, nothing else."
            return Broken(f"The result is too large to read. {advice}", where)
        case "crash":
            return Broken("The engine gave up on this query. Write it more simply, then check again.", where)
        case _:
            return _explained(failure, sql, where, tables)


def explanation(message: str) -> tuple[Explanation, dict[str, str]] | None:
    """What explains this message of the engine, and the groups of its match; None when nothing does."""
    for known in explanations():
        if found := known.match.search(message):
            return known, {name: value or "" for name, value in found.groupdict().items()}
    return None


def _explained(failure: Failure, sql: str, where: Location | None, tables: Mapping[str, Table]) -> Broken:
    message, *more = failure.message.splitlines() or [""]
    message = _first_line(message)
    explained = explanation(failure.message)
    if explained is None:
        return Broken(message, where, tuple(line.strip() for line in more if line.strip())[:3])
    known, said = explained
    hints = (known.says.format_map(said), *_names(known.among, said.get("name", ""), failure, sql, tables))
    return Broken(message, where or _search(said.get(known.at, known.at), sql), hints)


def _names(among: str, name: str, failure: Failure, sql: str, tables: Mapping[str, Table]) -> Iterator[str]:
    """ "Did you mean", and the schema around the place."""
    named = [tables[table] for table in _tables_in(sql, tables)]
    match among:
        case "columns":
            columns = [column.name for table in named for column in table.columns]
            yield from _did_you_mean(name, [*columns, *_candidates(failure)])
            for table in named[:MOST_TABLES]:
                yield f"{table.name} has {', '.join(column.name for column in table.columns)}"
        case "tables":
            yield from _did_you_mean(name, [*_CTE.findall(_blanked(sql)), *tables, *_candidates(failure)], tables)
            yield f"the log has {', '.join(tables)}"
        case "aliases":
            yield from _did_you_mean(name, _candidates(failure))
            yield f"this FROM has {', '.join(_candidates(failure))}"
        case "functions":
            yield from _did_you_mean(name, failure.candidates)
        case "entries":
            yield from _did_you_mean(name, _candidates(failure))
            yield f"it has {', '.join(_candidates(failure))}"


def _did_you_mean(name: str, known: Iterable[str], always: Iterable[str] = ()) -> Iterator[str]:
    by_lower = {one.lower(): one for one in (*known, *always)}
    near = [by_lower[one] for one in get_close_matches(name.lower(), list(by_lower), n=MOST_NEAR, cutoff=CUTOFF)]
    if near:
        yield f"did you mean {' or '.join(near)}?"


def _candidates(failure: Failure) -> list[str]:
    """The names that the engine lists on the lines after its message, without its own catalog's."""
    later = failure.message.partition("\n")[2]
    return [name for name in re.findall(r'"([^"]+)"', later) if not name.startswith(("duckdb_", "pg_", "sqlite_"))]


def _tables_in(sql: str, tables: Mapping[str, Table]) -> list[str]:
    words = re.findall(r"\w+", _blanked(sql).lower())
    return list(dict.fromkeys(word for word in words if word in tables))


def _blanked(sql: str) -> str:
    """The query with strings and comments as spaces: every other character keeps its place."""
    return _QUOTED.sub(lambda found: " " * len(found.group()), sql)


def _search(text: str, sql: str) -> Location | None:
    """Where `text` stands, as a whole word where it is one; in a string only when it stands nowhere else."""
    if not text:
        return None
    edge = r"\b" if text.isidentifier() else ""
    pattern = re.compile(edge + re.sub(r"(?<=\()(?=\w)", r"\\s*", re.escape(text)) + edge, re.IGNORECASE)
    found = pattern.search(_blanked(sql)) or pattern.search(sql)
    return None if found is None else locate(sql, found.start(), found.end() - found.start())


def place(failure: Failure, sql: str) -> Location | None:
    """The engine's byte offset as a line and column in code points."""
    if failure.position is None:
        return None
    data = sql.encode()
    before = data[: failure.position].decode(errors="ignore")
    marked = data[failure.position : failure.position + failure.length].decode(errors="ignore")
    return locate(sql, len(before), max(1, len(marked)))


def _first_line(message: str) -> str:
    return message.split("\n", 1)[0].strip().rstrip(".") or "the query failed"
