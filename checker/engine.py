"""The child's DuckDB: locked connections, the gate for one SELECT, and errors as plain facts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from checker.canonical import quote, text

# The C module alone starts in a third of the time of its Python layer.
duckdb: Any = import_module("_duckdb" if find_spec("_duckdb") else "duckdb")

NATIVE = "laglead"
ISOLATED_SOURCE = "laglead_source"
CONFIGURATION: dict[str, Any] = {
    "async_threads": 0,
    "temp_directory": "",
    "home_directory": "/",
    "secret_directory": "/",
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
    "max_expression_depth": 250,
}
MULTIPLE_PARTS = "MULTI"  # what DuckDB calls a PIVOT whose columns depend on the data


class Refusal(Exception):
    """The text is not one SELECT; `position` is a byte offset or None."""

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.position = position


class QueryFailed(Exception):
    """The engine did not run the query; `facts` are ready for JSON."""

    def __init__(self, facts: dict[str, Any]) -> None:
        super().__init__(facts["message"])
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Database:
    """Where the native file is, the log's tables in it, and what the engine may use."""

    path: str
    tables: tuple[str, ...]
    threads: int
    memory_bytes: int

    def named_in(self, query: str) -> list[str]:
        """The tables of the log that a query may read, sorted.

        DuckDB 2.0's get_table_names binds the query without its columns' types, and so refuses UNNEST of a
        column, ASOF joins and RANGE frames.
        """
        words = {word.lower() for word in re.findall(r"\w+", query)}
        return sorted(name for name in self.tables if name.lower() in words)


def connect(database: Database) -> Any:
    """A locked connection whose catalog `laglead` is the native file, read-only."""
    connection = _open(database)
    connection.execute(f"ATTACH {text(database.path)} AS {NATIVE} (READ_ONLY)")
    connection.execute(f"USE {NATIVE}")
    return lock(connection)


def connect_isolated(database: Database) -> Any:
    """An unlocked connection to an empty catalog `laglead` beside the native file; `lock` it before a query runs."""
    connection = _open(database)
    connection.execute(f"ATTACH {text(database.path)} AS {ISOLATED_SOURCE} (READ_ONLY)")
    connection.execute(f"ATTACH ':memory:' AS {NATIVE}")
    connection.execute(f"USE {NATIVE}")
    return connection


def _open(database: Database) -> Any:
    instance = _ready.pop() if _ready else _instance()
    connection = instance.cursor()  # draws random numbers of its own, whoever else was forked from here
    connection.execute(f"SET threads = {int(database.threads)}")
    connection.execute(f"SET memory_limit = '{database.memory_bytes >> 20}MiB'")
    connection.execute("SET errors_as_json = true")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _instance() -> Any:
    """An empty instance of the engine, which starts no thread and opens no file of ours."""
    return duckdb.connect(":memory:", config={**CONFIGURATION, "threads": 1})


_ready: list[Any] = []


def prepare(instances: int) -> None:
    """Make instances before there is a query: it takes longer than most answers, and forks can share it."""
    _ready.extend(_instance() for _ in range(instances - len(_ready)))


def warm() -> None:
    """Touch what every connection touches; no thread is left."""
    grouped = "SELECT i, count(*) AS n FROM range(9) t(i) GROUP BY i"
    with _open(Database(path="", tables=(), threads=1, memory_bytes=64 << 20)) as connection:
        connection.execute(f"SELECT lag(n) OVER (ORDER BY i) FROM ({grouped})").fetchall()


def lock(connection: Any) -> Any:
    """No file, no network, no setting from here on; returns the connection."""
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def version() -> str:
    """The engine's version."""
    return str(duckdb.__version__)


def one_select(connection: Any, sql: str, *, pivot_allowed: bool) -> tuple[str, bool]:
    """The query with trailing semicolons blanked, and whether it is a PIVOT with columns from data; Refusal if none."""
    try:
        statements = connection.extract_statements(sql)
    except Exception as error:
        raise QueryFailed(failure(error, prefix_bytes=0, size_bytes=len(sql.encode()))) from error
    if not statements:
        raise Refusal("there is no statement in the answer; write one SELECT")
    if len(statements) > 1:
        raise Refusal(f"there are {len(statements)} statements; an answer is exactly one SELECT, so delete the others")
    kind = statements[0].type.name
    if kind == MULTIPLE_PARTS and _first_word(sql) in ("PIVOT", "WITH", "FROM", "SELECT", "("):
        if not pivot_allowed:
            raise Refusal("the columns of this PIVOT depend on the data; list its values: PIVOT .. ON c IN ('a', 'b')")
        return without_trailing_semicolons(sql), True
    if kind != "SELECT":
        raise Refusal(f"this is a statement of type {kind}; an answer only reads: write one SELECT")
    return without_trailing_semicolons(sql), False


def _first_word(sql: str) -> str:
    data = sql.encode()
    starts = [offset for offset, kind in duckdb.tokenize(sql) if kind.name != "comment"]
    return _word(data, starts[0]) if starts else ""


def _word(data: bytes, offset: int) -> str:
    if data[offset : offset + 1] == b"(":
        return "("
    end = offset
    while end < len(data) and data[end : end + 1].isalpha():
        end += 1
    return data[offset:end].decode().upper()


def without_trailing_semicolons(sql: str) -> str:
    """The text with the semicolons after its last statement replaced by blanks, by the engine's own tokens."""
    data = bytearray(sql.encode())
    for offset, kind in reversed(duckdb.tokenize(sql)):
        if kind.name == "comment":
            continue
        if data[offset : offset + 1] != b";":
            break
        data[offset] = ord(" ")
    return data.decode()


def columns(connection: Any, query: str) -> list[tuple[str, str]]:
    """(name, type) of the query's columns, without running it."""
    rows = run(connection, f"DESCRIBE (\n{query}\n)", query).fetchall()
    return [(str(row[0]), str(row[1])) for row in rows]


# Without one of these in its text, a query cannot name anything beside the tables of the log.
_FURTHER = re.compile(r"world|origin|query|scan|pragma|storage|table_info|serialized|laglead", re.IGNORECASE)


def keep_to_the_log(database: Database, query: str) -> None:
    """Refusal when the query, bound by now, does not bind where there is nothing but the log's tables."""
    if not _FURTHER.search(query):
        return
    connection = connect_isolated(database)
    for name in database.tables:
        connection.execute(f"CREATE TABLE {quote(name)} AS FROM {ISOLATED_SOURCE}.main.{quote(name)} LIMIT 0")
    connection.execute(f"DETACH {ISOLATED_SOURCE}")
    with lock(connection):
        try:
            columns(connection, query)
        except QueryFailed as failed:
            raise Refusal("it names more than the tables of the log", failed.facts["position"]) from None


def run(connection: Any, sql: str, query: str) -> Any:
    """Execute `sql`, which contains `query` on lines of its own; QueryFailed with a position inside the query."""
    try:
        return connection.execute(sql)
    except Exception as error:
        before = len(sql[: sql.index(f"\n{query}\n") + 1].encode())
        raise QueryFailed(failure(error, prefix_bytes=before, size_bytes=len(query.encode()))) from error


_KINDS = {"Out of Memory": "memory", "Permission": "refused", "INTERRUPT": "timeout", "Interrupt": "timeout"}
_LOCKED = ("disabled by configuration", "configuration has been locked", "read-only mode", "data-modifying statement")


def failure(error: BaseException, *, prefix_bytes: int, size_bytes: int) -> dict[str, Any]:
    """What went wrong as JSON-ready facts; `position` is a byte offset into the query, or None."""
    if isinstance(error, QueryFailed):
        return error.facts
    if isinstance(error, Refusal):
        return {"kind": "refused", "message": str(error), "position": error.position, "candidates": []}
    if isinstance(error, (MemoryError, RecursionError)):
        return {
            "kind": "memory",
            "message": "the query needs more memory than allowed",
            "position": None,
            "candidates": [],
        }
    facts = _facts(str(error))
    message = words(error)
    kind = _KINDS.get(str(facts.get("exception_type", "")), "error")
    if any(words in message for words in _LOCKED):
        kind = "refused"
    position = _integer(facts.get("position"))
    inside = position is not None and prefix_bytes <= position <= prefix_bytes + size_bytes
    return {
        "kind": kind,
        "type": str(facts.get("exception_type", type(error).__name__)),
        "subtype": str(facts.get("error_subtype", "")),
        "message": message,
        "name": str(facts.get("name", "")),
        "length": _length(facts.get("location")),
        "position": position - prefix_bytes if inside and position is not None else None,
        "candidates": [part for part in str(facts.get("candidates", "")).split(",") if part],
    }


def words(error: BaseException) -> str:
    """What the engine says, without the JSON around it."""
    return str(_facts(str(error)).get("exception_message", error))


def _facts(message: str) -> dict[str, Any]:
    start = message.find("{")
    try:
        found = json.loads(message[start:]) if start >= 0 else None
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {}


def _integer(value: object) -> int | None:
    return int(value) if isinstance(value, str) and value.isdigit() else None


def _length(location: object) -> int:
    """`[position,length]` in bytes; 1 where there is none."""
    parts = str(location or "").strip("[]").split(",")
    return int(parts[1]) if len(parts) == 2 and parts[1].isdigit() and int(parts[1]) > 0 else 1
