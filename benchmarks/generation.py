"""What generating costs, as ratios against named baselines in one run: `make bench`.

CPU time of one thread, rounds interleaved, the median round with the smallest and the largest. Memory and
workers are measured in processes of their own. docs/performance.md holds a real run.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from faker_rows import rows_of_faker

from generator import place, shard
from generator.fleet import fleet
from generator.parquet import PartWriter
from generator.plan import Plan

USERS = shard.LAYOUT.block_users
FAKER_ROWS = 300
ROWS_PER_USER = 30
MEMORY_ROWS = 1_000_000
HERE = Path(__file__)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: a ratio with its spread, and what it should be."""

    what: str
    ratios: tuple[float, ...]
    target: str

    def __str__(self) -> str:
        low, high = min(self.ratios), max(self.ratios)
        spread = f"{low:.2f} to {high:.2f}" if len(self.ratios) > 1 else ""
        return f"| {self.what} | {statistics.median(self.ratios):.2f} | {spread} | {self.target} |"


def main() -> None:
    """Measure and print the table."""
    options = _options()
    if options.peak:
        print(_peak(options.peak))
        return
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {_machine()}, load {os.getloadavg()[0]:.1f}\n")
    with tempfile.TemporaryDirectory() as folder:
        results = [*_blocks(Path(folder), options.rounds)]
    results += [*_memory(options.rows), _workers(options.workers_rounds)]
    print("\n| measured | ratio | spread | target |\n|---|---|---|---|")
    print("\n".join(map(str, results)))


def _blocks(folder: Path, rounds: int) -> Iterable[Result]:
    """Generating and writing a block of users against writing the same tables with pyarrow, and against Faker."""
    plan = Plan()
    models = fleet(plan.window())
    shard.block_tables(plan, models, 0, 100)
    taken: dict[str, list[float]] = {name: [] for name in ("events", "events floor", "all", "all floor", "faker")}
    for number in range(rounds):
        first = number % 2 * USERS
        events, seconds = _timed(lambda first=first: shard.delivered_events(plan, models, first, USERS))
        tables, everything = _timed(lambda first=first: shard.block_tables(plan, models, first, USERS))
        assert tables["message_events"].equals(events)
        taken["events"].append(seconds + _cpu(lambda events=events: _write(folder, {"message_events": events})))
        taken["events floor"].append(_cpu(lambda events=events: _floor(folder, {"message_events": events})))
        taken["all"].append(everything + _cpu(lambda tables=tables: _write(folder, tables)))
        taken["all floor"].append(_cpu(lambda tables=tables: _floor(folder, tables)))
        taken["faker"].append(_cpu(lambda: _faker(folder)) / FAKER_ROWS * events.num_rows)
    for name, seconds in taken.items():
        print(f"{name:14} {1e9 * statistics.median(seconds) / events.num_rows:9,.0f} ns CPU a row of message_events")
    yield _ratio(
        "message_events: generate, hash and write / pyarrow writes it", taken, "events", "events floor", "<= 1.25"
    )
    yield _ratio("all tables: generate, hash and write / pyarrow writes them", taken, "all", "all floor", "<= 1.5")
    yield _ratio("a Faker generator of message_events, a row at a time / ours", taken, "faker", "events", ">= 60")
    yield Result("text / text at zstd-1", (_compression(tables["message_events"]),), "<= 3.2")


def _ratio(what: str, taken: Mapping[str, list[float]], over: str, under: str, target: str) -> Result:
    return Result(what, tuple(a / b for a, b in zip(taken[over], taken[under], strict=True)), target)


def _write(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """As the generator does: hashed, with its own settings."""
    for name, rows in tables.items():
        with PartWriter(place.at(folder), name, f"{name}.parquet", rows.schema) as writer:
            writer.write(rows)


def _floor(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """As anybody would who has the rows already: pyarrow, zstd-1, one row group."""
    for name, rows in tables.items():
        target = folder / f"{name}.floor.parquet"
        pq.write_table(rows, target, compression="zstd", compression_level=1, row_group_size=max(rows.num_rows, 1))


def _faker(folder: Path) -> None:
    rows = rows_of_faker(FAKER_ROWS)
    pq.write_table(rows, folder / "faker.parquet", compression="zstd", compression_level=1)


def _compression(events: pa.Table) -> float:
    """How much smaller zstd-1 makes the texts, in pages of a megabyte as Parquet has them."""
    texts = pc.list_flatten(events["content"]).combine_chunks().field("text").drop_null()
    whole = "".join(texts.to_pylist()).encode()
    codec = pa.Codec("zstd", compression_level=1)
    pages = [whole[first : first + (1 << 20)] for first in range(0, len(whole), 1 << 20)]
    return len(whole) / sum(len(codec.compress(page)) for page in pages)


def _memory(rows: int) -> Iterable[Result]:
    """The peak of a process that makes so many rows, shard by shard."""
    base, peak = (_peak_of(wanted) for wanted in (MEMORY_ROWS, rows))
    print(f"peak memory: {base:,.0f} MB at {MEMORY_ROWS:,} rows of message_events, {peak:,.0f} MB at {rows:,}")
    yield Result(f"peak memory at {rows / 1e6:.0f} M rows / at 1 M rows", (peak / base,), "<= 1.1")
    yield Result(f"peak memory at {rows / 1e6:.0f} M rows, in 400 MB", (peak / 400,), "<= 1")


def _peak_of(rows: int) -> float:
    done = subprocess.run(
        [sys.executable, str(HERE), "--peak", str(rows)], check=True, capture_output=True, text=True, cwd=HERE.parent
    )
    return float(done.stdout)


def _peak(rows: int) -> float:
    """The largest resident memory of this process, in MB, after making so many rows; files are dropped when whole."""
    plan, made, peak = Plan(users=round(rows / ROWS_PER_USER)), 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(shard.shards(plan)):
            for part in shard.write_shard(plan, number, place.at(Path(folder))):
                made += part.rows if part.table == "message_events" else 0
                (Path(folder) / part.file).unlink()
            peak = _high_water()
            print(f"{made:,} rows, {peak:.0f} MB", file=sys.stderr, flush=True)
    return peak


def _high_water() -> float:
    """Of this program alone: getrusage would count what its parent held when it was started."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource  # noqa: PLC0415

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _workers(rounds: int) -> Result:
    """Wall time of the same shards with one worker and with two."""
    ratios = []
    for _ in range(rounds):
        one, two = (_wall(workers) for workers in (1, 2))
        print(f"two shards: {one:.1f} s with one worker, {two:.1f} s with two, load {os.getloadavg()[0]:.1f}")
        ratios.append(one / two)
    return Result("one worker / two workers, wall time of two shards", tuple(ratios), ">= 1.7")


def _wall(workers: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        command = ["generate", "--users", str(2 * shard.LAYOUT.file_users), "--shard", "1/1", "--out", folder]
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "laglead", *command, "--workers", str(workers)], check=True, capture_output=True
        )
        return time.perf_counter() - started


def _timed(work: Callable[[], pa.Table]) -> tuple[pa.Table, float]:
    started = time.process_time()
    made = work()
    return made, time.process_time() - started


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pyarrow", "numpy"))
    return f"{os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}, {libraries}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of the CPU measurements")
    parser.add_argument("--rows", type=int, default=4_000_000, help="rows of message_events of the memory measurement")
    parser.add_argument("--workers-rounds", type=int, default=1, help="rounds of one worker against two")
    parser.add_argument("--peak", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
