"""Whether an answer stays the same when the rows of small databases are stored in 64 orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from checker.canonical import quote, text
from checker.compare import residue
from checker.contract import Mismatch, match_columns
from checker.dataset import STORAGE_VERSION, Dataset
from checker.errors import ExerciseError
from checker.exercise import Exercise
from checker.limits import Limits
from checker.query_run import QueryRun, QueryStopped
from checker.result import Digest
from checker.sql_text import statement

ORDERS = 64
WORLDS_PER_BLOCK = 12
LIMITS = Limits(soft_seconds=60, hard_seconds=70)


def prepare(dataset: Dataset, cache: Path) -> Dataset:
    """The data set with a native file of some worlds of every block in 64 orders each, made once."""
    import duckdb  # noqa: PLC0415 - only authors need it here

    file = cache / f"orders-{dataset.digest[:16]}-{dataset.native.stat().st_mtime_ns}.duckdb"
    prepared = replace(dataset, native=file)
    if file.is_file():
        return prepared
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".incoming")
    unfinished.unlink(missing_ok=True)
    with duckdb.connect(":memory:", config={"threads": 2}) as connection:
        connection.execute(f"ATTACH {text(str(dataset.native))} AS source (READ_ONLY)")
        connection.execute(f"ATTACH {text(str(unfinished))} AS built (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("CREATE SCHEMA built.worlds")
        for sql in _statements(dataset):
            connection.execute(sql)
        connection.execute("DETACH built")
    unfinished.replace(file)
    return prepared


def _statements(dataset: Dataset) -> Iterator[str]:
    orders = str(ORDERS)
    yield statement("orders_chosen", most=str(WORLDS_PER_BLOCK))
    yield statement("orders_list", orders=orders)
    for name in dataset.catalog.tables:
        table = quote(name)
        yield f"CREATE TABLE built.main.{table} AS SELECT * FROM source.main.{table} LIMIT 0"
        yield statement("orders_table", table=table, orders=orders)


def problems(exercise: Exercise, dataset: Dataset) -> Iterator[ExerciseError]:
    """A problem where the reference differs between two orders of one world, or fails in one of them."""
    with QueryRun(LIMITS) as run:
        try:
            run.open(dataset, exercise.reference.read_text(encoding="utf-8-sig"))
            contract = match_columns(exercise.output, run.columns)
            if isinstance(contract, Mismatch):
                return
            run.expect(contract, exercise)
            listed = run.world_list(("base", *exercise.thresholds))
            digests = run.in_worlds([row[0] for row in listed], seconds=50, stop_at_failure=False).digests
            for pair, worlds in _by_pair(listed).items():
                if _differ(run, exercise, worlds, digests):
                    message = (
                        f"the reference changes with the order of its input: {ORDERS} orders of the world pair {pair} "
                        "do not agree; add the sort key that breaks the tie"
                    )
                    yield ExerciseError(exercise.reference, 1, message)
                    return
        except QueryStopped as stopped:
            why = stopped.failure.message.split("\n", 1)[0] or stopped.failure.kind
            yield ExerciseError(
                exercise.reference, 1, f"the reference does not come to its end in {ORDERS} orders: {why}"
            )


def _by_pair(listed: list[tuple[int, ...]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for world, pair, _ in listed:
        found[pair].append(world)
    return found


def _differ(run: QueryRun, exercise: Exercise, worlds: list[int], digests: Mapping[int, Digest]) -> bool:
    first, *others = worlds
    suspects = [world for world in others if digests.get(world) != digests.get(first)]
    contract = match_columns(exercise.output, run.columns)
    if isinstance(contract, Mismatch) or not suspects:
        return False
    if not contract.is_loose:
        return True
    mine, _ = run.rows("worlds", [first])
    for world in suspects:
        theirs = [replace(row, world=first) for row in run.rows("worlds", [world])[0]]
        if residue(mine, theirs, contract.types, exercise.tolerance):
            return True
    return False
