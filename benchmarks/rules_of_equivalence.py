"""Holds every mutant that a rule calls equivalent against its reference on thousands of fresh worlds.

`python -m benchmarks.rules_of_equivalence [ID...] [--worlds 20000] [--seed 1000]`: the worlds of one seed after
another, those of the base block and of the exercise's thresholds. A world in which the two differ when it is the
only data there is refutes the rule; then the exit code is 1. It runs our own queries, in this process.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from checker import equivalences
from checker.canonical import quote, text
from checker.exercise import Exercise, load
from checker.mutant import mutants, parse
from checker.profile import Profile
from checker.sql_text import statement
from generator.model import tables
from generator.worlds import write
from generator.worlds.write import BASE_PAIRS

ROOT = Path(__file__).resolve().parent.parent / "exercises"
MOST_ALONE = 5
WHOLE = ("BIGINT", "INTEGER", "SMALLINT", "HUGEINT")


@dataclass(frozen=True, slots=True)
class Claim:
    """A mutant of an exercise that a rule calls equivalent."""

    rule: str
    mutant: str
    sql: str


class Worlds:
    """The worlds of one seed in a database of their own."""

    def __init__(self, seed: int, thresholds: Sequence[str]) -> None:
        self.connection = duckdb.connect(config={"threads": 1})
        self.connection.execute("SET TimeZone = 'UTC'")
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), seed=seed, thresholds=thresholds)
            self.connection.execute("CREATE SCHEMA worlds")
            for name in (*tables(), "world_list"):
                file = text(f"{folder}/worlds/{name}.parquet")
                self.connection.execute(f"CREATE TABLE worlds.{quote(name)} AS FROM {file}")

    def of(self, exercise: Exercise) -> list[int]:
        """The numbers of the worlds that the exercise is judged on, each in one of its two row orders."""
        blocks = ["base", *exercise.thresholds]
        listed = "SELECT world FROM worlds.world_list WHERE permutation = 0 AND list_contains(?, block) ORDER BY world"
        return [int(row[0]) for row in self.connection.execute(listed, [blocks]).fetchall()]

    def results(self, exercise: Exercise, sql: str, numbers: Sequence[int]) -> dict[int, tuple[int, str]]:
        """(rows, sum of hashes) by world, by one join over all of them."""
        named = ", ".join(
            statement("world_table", table=quote(t), source=f"worlds.{quote(t)}", hidden="world", column="world")
            for t in exercise.tables
        )
        columns = ", ".join(f"c{number}" for number in range(len(exercise.output)))
        query = statement(
            "answer_in_every_world",
            into="CREATE OR REPLACE TEMP TABLE answered AS",
            tables=f"WITH {named}",
            query=sql.strip().rstrip(";"),
            columns=columns,
            worlds=", ".join(map(str, numbers)),
        )
        self.connection.execute(query)
        return self._digests("answered")

    def alone(self, exercise: Exercise, sql: str, world: int) -> list[str]:
        """The rows in one world that is the only data there is, as text, sorted."""
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            for name in exercise.tables:
                source = f"SELECT * EXCLUDE (world) FROM worlds.{quote(name)} WHERE world = {world}"
                rows = self.connection.sql(source).to_arrow_table()
                connection.execute(f"CREATE TABLE {quote(name)} AS FROM rows")
                del rows
            return sorted(repr(row) for row in connection.execute(sql).fetchall())

    def _digests(self, table: str) -> dict[int, tuple[int, str]]:
        described = self.connection.execute(f"DESCRIBE {table}").fetchall()[1:]
        shown = ", ".join(_comparable(str(name), str(kind)) for name, kind, *_ in described)
        counted = f"SELECT laglead_world, count(*), sum(hash({shown})::HUGEINT)::VARCHAR FROM {table} GROUP BY 1"
        return {int(world): (int(n), str(total)) for world, n, total in self.connection.execute(counted).fetchall()}


def _comparable(name: str, kind: str) -> str:
    """Whole numbers of any type are alike, and floats as far as nine digits."""
    if kind in WHOLE:
        return f"{quote(name)}::HUGEINT"
    return f"printf('%.9g', {quote(name)}::DOUBLE)" if kind == "DOUBLE" or kind.startswith("DECIMAL") else quote(name)


def profile() -> Profile:
    """The schema as the generator declares it."""
    described = {
        name: {
            "columns": [
                {"name": c.name, "type": c.type, "nullable": c.nullable, "values": c.values} for c in table.columns
            ],
            "keys": table.keys,
            "references": [{"columns": r.columns} for r in table.references],
        }
        for name, table in tables().items()
    }
    return Profile.from_manifest({"tables": described})


def claims(exercise: Exercise) -> Iterator[Claim]:
    """What the rules say of the mutants of a reference."""
    tree = parse(exercise.reference.read_text(encoding="utf-8-sig"), profile())
    for mutant in mutants(tree):
        rule = equivalences.proved(tree, mutant)
        if rule is not None:
            yield Claim(rule.name, mutant.id, mutant.sql)


def refuted(exercise: Exercise, found: Sequence[Claim], worlds: Worlds) -> Iterator[tuple[Claim, int]]:
    """The claims that a world refutes, each with that world."""
    reference, numbers = exercise.reference.read_text(encoding="utf-8-sig"), worlds.of(exercise)
    expected = worlds.results(exercise, reference, numbers)
    for claim in found:
        try:
            actual = worlds.results(exercise, claim.sql, numbers)
        except duckdb.BinderException:
            continue  # no query at all: nothing is claimed of it
        suspects = [world for world in numbers if expected.get(world) != actual.get(world)]
        for world in suspects[:MOST_ALONE]:
            if worlds.alone(exercise, reference, world) != worlds.alone(exercise, claim.sql, world):
                yield claim, world
                break


def hold(made: Sequence[tuple[Exercise, Sequence[Claim]]], seed: int) -> list[tuple[str, int, list[str]]]:
    """(exercise, worlds, refutations) for each exercise on the worlds of one seed."""
    worlds = Worlds(seed, sorted({threshold for exercise, _ in made for threshold in exercise.thresholds}))
    found = []
    for exercise, claimed in made:
        wrong = [
            f"{claim.rule}: {exercise.id} {claim.mutant} differs in world {world} of seed {seed}"
            for claim, world in refuted(exercise, claimed, worlds)
        ]
        found.append((exercise.id, len(worlds.of(exercise)), wrong))
    worlds.connection.close()
    return found


def main() -> int:
    """Run; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("ids", nargs="*", help="exercises; all of them without")
    parser.add_argument("--worlds", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1_000)
    chosen = parser.parse_args()
    exercises = [load(path.parent) for path in sorted(ROOT.glob("*/*/exercise.md"))]
    made = [(one, list(claims(one))) for one in exercises if not chosen.ids or one.id in chosen.ids]
    # Every exercise has at least the base block.
    seeds = range(chosen.seed, chosen.seed - (-chosen.worlds // BASE_PAIRS))
    seen, wrong = dict.fromkeys((exercise.id for exercise, _ in made), 0), list[str]()
    with ThreadPoolExecutor(2) as pool:
        for done, results in enumerate(pool.map(lambda seed: hold(made, seed), seeds), start=1):
            for name, n, lines in results:
                seen[name] += n
                wrong += lines
            print(f"{done} of {len(seeds)} seeds, {len(wrong)} refuted", file=sys.stderr, flush=True)
    print(*wrong, sep="\n")
    total = sum(len(claimed) for _, claimed in made)
    print(f"{total} claims of {len(equivalences.rules())} rules in {len(made)} exercises,", end=" ")
    print(f"{min(seen.values())} to {max(seen.values())} worlds each: {len(wrong)} refuted,", end=" ")
    print(f"{time.process_time():.0f} s of processor time")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
