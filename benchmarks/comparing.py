"""What it costs to compare a result with the expected one, beside what running the query costs.

    python benchmarks/comparing.py [--rows 1000000 10000000]

The query numbers sittings in a log of that many rows; its result has as many. Printed are processor
seconds of: the query, the checker's digests of its result (one side, as a check does: the other side's
are cached), EXCEPT ALL in both directions, and a multiset in Python (at most a million rows).
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from checker import engine
from checker.answers import LOG, Answers, Expected
from checker.canonical import Closeness
from checker.column_type import parse

MOST_IN_PYTHON = 1_000_000
TURNS = """
CREATE TABLE turns AS
SELECT
    'c' || (i // 12)::VARCHAR AS conversation_id,
    (i % 12)::INTEGER AS turn_index,
    ['user', 'assistant', NULL][1 + i % 3] AS role,
    TIMESTAMP '2026-01-01' + to_microseconds((i * 7919 % 10000000) * 100000) AS created_at,
    (i * 31 % 997) / 7.0 AS seconds
FROM range(?) AS t(i)
"""
QUERY = """
SELECT
    conversation_id, turn_index, role, created_at,
    sum(CASE WHEN silence <= INTERVAL 30 MINUTE THEN 0 ELSE 1 END) OVER by_turn AS sitting_no,
    avg(seconds) OVER by_turn AS seconds_so_far
FROM (
    SELECT *, created_at - lag(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at) AS silence
    FROM turns
)
WINDOW by_turn AS (PARTITION BY conversation_id ORDER BY created_at, turn_index ROWS UNBOUNDED PRECEDING)
"""


def main() -> None:
    """Measure at each number of rows and print a line for each way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    for rows in parser.parse_args().rows:
        _measure(rows)


def _measure(rows: int) -> None:
    connection = engine.duckdb.connect(":memory:", config={"threads": 2})
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(TURNS, [rows])
    described = [(str(row[0]), str(row[1])) for row in connection.execute(f"DESCRIBE {QUERY}").fetchall()]
    names = ", ".join(f"c{number}" for number in range(len(described)))
    into = "CREATE OR REPLACE TEMP TABLE {} AS SELECT 0::INTEGER AS laglead_world, z.* FROM ({}) AS z({})"
    query = _seconds(lambda: connection.execute(into.format("laglead_answer_log", QUERY, names)))
    connection.execute(into.format("expected", QUERY, names))
    work = Answers(
        engine.Database("", 2, 1 << 30),
        QUERY,
        described,
        Expected(tuple((n, parse(kind)) for n, (_, kind) in enumerate(described)), (), Closeness(1e-9, 1e-12)),
        places={LOG: connection},
    )
    _say(rows, "the query", query, query)
    _say(rows, "digests in 1,024 buckets", _seconds(lambda: work.digests(LOG)), query)
    _say(rows, "EXCEPT ALL, both ways", _seconds(lambda: _except_all(connection)), query)
    if rows <= MOST_IN_PYTHON:
        _say(rows, "a multiset in Python", _seconds(lambda: _multiset(connection)), query)
    connection.close()


def _except_all(connection: Any) -> None:
    for one, other in (("laglead_answer_log", "expected"), ("expected", "laglead_answer_log")):
        connection.execute(f"SELECT count(*) FROM (FROM {one} EXCEPT ALL FROM {other})").fetchall()


def _multiset(connection: Any) -> bool:
    sides: Sequence[Counter[Any]] = [
        Counter(connection.execute(f"FROM {name}").fetchall()) for name in ("laglead_answer_log", "expected")
    ]
    return sides[0] == sides[1]


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _say(rows: int, what: str, seconds: float, query: float) -> None:
    print(f"{rows:>12,} rows  {what:<26} {seconds:8.2f} s  {seconds / query:6.2f} x the query", flush=True)


if __name__ == "__main__":
    main()
