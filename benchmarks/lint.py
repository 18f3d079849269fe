"""What lint finds, and what it costs beside sqlfluff and sqruff: `make bench-lint`.

Precision: findings on the references and right answers of all exercises. Recall: each rule's inverse
repair applied to the same queries; of the mutants whose result on the practice log changes, how many
the rule finds. Speed: CPU time of one process over the same files, the start on an empty file taken
off, layout rules off.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb
from lint_mutants import INVERSES
from sqlglot import parse_one

from checker.lint import lint
from checker.profile import Profile
from checker.verdict import Severity

ROOT = Path(__file__).parents[1]
ROUNDS = 3
MOST_FILES = 60
MOST_OF_A_QUERY = 2
VERBOSE = "--missed" in sys.argv


@dataclass(frozen=True, slots=True)
class Query:
    """One right answer, as a person wrote it."""

    file: Path
    sql: str


def right_answers() -> list[Query]:
    """Every reference and every right answer."""
    folder = ROOT / "exercises"
    files = sorted([*folder.glob("*/*/reference.sql"), *folder.glob("*/*/right/*.sql")])
    return [Query(file, file.read_text(encoding="utf-8")) for file in files]


def precision(queries: Sequence[Query], profile: Profile) -> Iterator[str]:
    """Findings on what is right: warnings and errors among them are false."""
    loud: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    for query in queries:
        for finding in lint(query.sql, profile).findings:
            (notes if finding.severity is Severity.INFO else loud)[finding.rule] += 1
    yield f"{len(queries)} right answers: {loud.total()} errors and warnings, {notes.total()} notes"
    for rule, count in sorted(loud.items()):
        yield f"  {rule} {count}"


def recall(queries: Sequence[Query], profile: Profile, database: Path) -> Iterator[str]:
    """For each rule with an inverse: mutants, those whose result changes, those that the rule finds."""
    total = found_of_all = 0
    yield "rule    mutants  changed  found"
    sample = Sample(database)
    for rule, mutation in sorted(INVERSES.items()):
        changed, missed = 0, []
        mutants = 0
        for query in queries:
            for mutant in islice(mutation(parse_one(query.sql, dialect="duckdb")), MOST_OF_A_QUERY):
                mutants += 1
                sql = mutant.sql(dialect="duckdb")
                sql = re.sub(r"LAMBDA (\w+) ?:", r"\1 ->", sql, flags=re.IGNORECASE) if rule == "DEP001" else sql
                if sample.changes(query.sql, sql):
                    changed += 1
                    if not any(finding.rule == rule for finding in lint(sql, profile).findings):
                        missed.append((query.file, sql))
        found = changed - len(missed)
        total, found_of_all = total + changed, found_of_all + found
        yield f"{rule}  {mutants:7}  {changed:7}  {found:5}"
        yield from (f"  missed in {file.relative_to(ROOT)}: {sql}" for file, sql in missed if VERBOSE)
    share = found_of_all / total if total else 0
    yield f"all: {found_of_all} of {total} mutants that change results are found by their rule ({share:.0%})"


class Sample:
    """A sixteenth of the practice log's conversations and users, in memory; a query's rows as a digest of a bag."""

    def __init__(self, database: Path) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'; SET threads = 1")
        self.connection.execute(f"ATTACH '{database}' AS log (READ_ONLY)")
        names = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'log' AND schema_name = 'main'"
        for (name,) in self.connection.sql(names).fetchall():
            columns = {column for column, *_ in self.connection.sql(f"DESCRIBE log.main.{name}").fetchall()}
            key = next((key for key in ("conversation_id", "user_id") if key in columns), None)
            where = f"WHERE coalesce(hash({key}) % 16 = 0, true)" if key is not None else ""
            self.connection.execute(f"CREATE TABLE {name} AS SELECT * FROM log.main.{name} {where}")
        self.connection.execute("DETACH log")
        self._known: dict[str, object] = {}

    def changes(self, before: str, after: str) -> bool:
        """Whether the engine stops at the mutant, or gives other rows."""
        try:
            return self._digest(before) != self._digest(after)
        except duckdb.Error:
            return True

    def _digest(self, sql: str) -> object:
        if sql not in self._known:
            rows = self.connection.sql(sql).limit(200_000).fetchall()
            self._known[sql] = Counter(map(repr, rows))
        return self._known[sql]


def speed(files: Sequence[Path], rivals: dict[str, list[str]]) -> Iterator[str]:
    """CPU seconds of laglead and of each rival over copies of the same files, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder) / "full", Path(folder) / "empty"
        for place in (full, empty):
            place.mkdir()
            (place / ".sqruff").write_text("[sqruff]\ndialect = duckdb\nexclude_rules = layout\n")
        (empty / "one.sql").write_text("SELECT 1 AS one\n")
        for number, file in enumerate(files):
            (full / f"q{number}.sql").write_text(file.read_text(encoding="utf-8"))
        ours = _cost([sys.executable, "-m", "laglead", "lint", "."], full, empty)
        yield f"laglead  {1000 * ours / len(files):8.2f} ms a file, {len(files)} files"
        for name, command in rivals.items():
            theirs = _cost(command, full, empty)
            yield f"{name:8} {1000 * theirs / len(files):8.2f} ms a file, {theirs / ours:.1f} times laglead"


def _cost(command: list[str], full: Path, empty: Path) -> float:
    costs = [_cpu(command, full) - _cpu(command, empty) for _ in range(ROUNDS)]
    return max(1e-6, statistics.median(costs))


def _cpu(command: list[str], folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=500)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def longest(profile: Profile) -> Iterator[str]:
    """A query of 300 lines, linted warm in this process."""
    steps = [
        f"s{n} AS (\n    SELECT *,\n"
        f"        lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS r{n},\n"
        f"        count(*) OVER (PARTITION BY user_id) AS n{n}\n"
        f"    FROM {'turns' if n == 0 else f's{n - 1}'}\n    WHERE role = 'user'\n)"
        for n in range(42)
    ]
    sql = "WITH " + ",\n".join(steps) + "\nSELECT conversation_id, r41\nFROM s41"
    lint(sql, profile)
    started = time.process_time()
    lint(sql, profile)
    yield f"a query of {sql.count(chr(10)) + 1} lines: {1000 * (time.process_time() - started):.0f} ms warm"


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="a workspace with its log")
    parser.add_argument("--rivals", type=Path, default=ROOT / ".bench" / "bin", help="where sqlfluff and sqruff are")
    parser.add_argument("--missed", action="store_true", help="print every mutant that its rule does not find")
    chosen = parser.parse_args()
    profile = Profile.from_manifest(json.loads((chosen.data / "manifest.json").read_text(encoding="utf-8")))
    queries = right_answers()
    rivals = {
        "sqlfluff": ["lint", ".", "--dialect", "duckdb", "--exclude-rules", "layout", "--processes", "1"],
        "sqruff": ["lint", "."],
    }
    commands = {name: [str(chosen.rivals / name), *rest] for name, rest in rivals.items()}
    step = max(1, len(queries) // MOST_FILES)
    files = [query.file for query in queries[::step]]
    present = {name: command for name, command in commands.items() if Path(command[0]).is_file()}
    for part in (
        precision(queries, profile),
        longest(profile),
        speed(files, present),
        recall(queries, profile, chosen.data / "laglead.duckdb"),
    ):
        for line in part:
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main()
