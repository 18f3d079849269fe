"""Shards made by whoever, wherever and however often join to the one data set of their plan."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import fsspec
import pytest
from dask import distributed
from written import NO_WORLDS, digests

from generator import manifest, pipeline, staging
from generator.engines import Crew, engines
from generator.errors import EngineError, OutputError, PlanError, ShardError, WorkerError
from generator.manifest import Mismatch
from generator.plan import Plan
from generator.shard import Layout, write_shard
from generator.share import Share, parse

PLAN = Plan(profile="small", users=30)
OTHER = Plan(profile="small", users=30, seed=43)
LAYOUT = Layout(block_users=10, file_users=10)
SHARDS = 3

pytestmark = pytest.mark.usefixtures("no_worlds")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The bytes of the data set as one process writes it."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("generator.worlds.write", lambda *_, **__: NO_WORLDS)
        pipeline.generate(PLAN, folder, layout=LAYOUT)
    return digests(folder)


@pytest.fixture
def store() -> Iterator[str]:
    """An address in the memory of this process."""
    yield "memory://laglead/log"
    fsspec.filesystem("memory").rm("/laglead", recursive=True)


def written_to(address: str) -> dict[str, str]:
    """The bytes of what lies at an address of the memory file system."""
    files, root = fsspec.core.url_to_fs(address)
    return {name.removeprefix(f"{root}/"): files.checksum(name) for name in files.find(root)}


@pytest.mark.parametrize("of", [1, 2, 3, 7])
def test_shares_in_any_order_join_to_the_same_bytes(tmp_path: Path, whole: dict[str, str], of: int) -> None:
    for number in range(of, 0, -1):
        missing = pipeline.write_share(PLAN, tmp_path, Share(number, of), layout=LAYOUT)
    assert missing == ()
    pipeline.join(PLAN, tmp_path, layout=LAYOUT)
    assert digests(tmp_path) == whole


def test_shares_of_different_cuts_join_too(tmp_path: Path, whole: dict[str, str]) -> None:
    assert pipeline.write_share(PLAN, tmp_path, Share(1, 2), layout=LAYOUT) == (1,)
    assert pipeline.write_share(PLAN, tmp_path, Share(2, 3), layout=LAYOUT) == ()
    pipeline.join(PLAN, tmp_path, layout=LAYOUT)
    assert digests(tmp_path) == whole


def test_a_join_names_the_shards_that_are_missing_and_changes_nothing(tmp_path: Path) -> None:
    pipeline.write_share(PLAN, tmp_path, Share(2, 3), layout=LAYOUT)
    before = digests(tmp_path)
    with pytest.raises(ShardError, match=r"2 of 3 shards are missing in .*: make --shard 1/3, --shard 3/3, then join"):
        pipeline.join(PLAN, tmp_path, layout=LAYOUT)
    assert digests(tmp_path) == before
    assert not (tmp_path / "manifest.json").exists()


def test_shards_of_another_plan_are_never_joined_and_are_named(tmp_path: Path) -> None:
    pipeline.write_share(OTHER, tmp_path, Share(1, 1), layout=LAYOUT)
    with pytest.raises(ShardError, match=r"3 of 3 shards are missing.*another plan or version: seed 43, 30 users"):
        pipeline.join(PLAN, tmp_path, layout=LAYOUT)


def test_shares_leave_the_earlier_data_usable_until_they_are_joined(tmp_path: Path) -> None:
    pipeline.generate(OTHER, tmp_path, layout=LAYOUT)
    pipeline.write_share(PLAN, tmp_path, Share(1, 2), layout=LAYOUT)
    assert manifest.read(tmp_path).seed == 43
    assert manifest.verify(tmp_path) == ()
    pipeline.write_share(PLAN, tmp_path, Share(2, 2), layout=LAYOUT)
    pipeline.join(PLAN, tmp_path, layout=LAYOUT)
    assert manifest.read(tmp_path).seed == 42
    assert manifest.verify(tmp_path) == ()


@pytest.mark.parametrize("text", ["0/2", "3/2", "1/0", "1", "a/b", "-1/2", "1/2/3", ""])
def test_a_share_that_is_none_says_how_to_write_one(text: str) -> None:
    with pytest.raises(PlanError, match="write K/N with 1 <= K <= N"):
        parse(text)


@pytest.mark.parametrize(("total", "of"), [(1, 1), (5, 2), (2, 5), (42, 8)])
def test_shares_hold_every_shard_once(total: int, of: int) -> None:
    held = [number for share in range(1, of + 1) for number in Share(share, of).numbers(total)]
    assert sorted(held) == list(range(total))


def test_an_address_gets_the_same_bytes(store: str, tmp_path: Path) -> None:
    pipeline.generate(PLAN, store, layout=LAYOUT)
    pipeline.generate(PLAN, tmp_path, layout=LAYOUT)
    files, root = fsspec.core.url_to_fs(store)
    files.get(root, str(tmp_path / "fetched"), recursive=True)
    assert digests(tmp_path / "fetched") == {
        name: value for name, value in digests(tmp_path).items() if not name.startswith("fetched")
    }
    assert manifest.verify(store) == ()


def test_shares_join_at_an_address(store: str, whole: dict[str, str]) -> None:
    pipeline.write_share(PLAN, store, Share(2, 2), layout=LAYOUT)
    assert "manifest.json" not in written_to(store)
    pipeline.write_share(PLAN, store, Share(1, 2), layout=LAYOUT)
    pipeline.join(PLAN, store, layout=LAYOUT)
    assert set(written_to(store)) == set(whole)


def test_a_file_address_is_the_directory(tmp_path: Path, whole: dict[str, str]) -> None:
    pipeline.generate(OTHER, tmp_path, layout=LAYOUT)
    pipeline.generate(PLAN, f"file://{tmp_path}", layout=LAYOUT)
    assert digests(tmp_path) == whole
    assert manifest.verify(f"file://{tmp_path}") == ()


def test_verify_names_table_and_column_at_an_address(store: str) -> None:
    pipeline.generate(PLAN, store, layout=LAYOUT)
    files, root = fsspec.core.url_to_fs(store)
    files.copy(f"{root}/tables/turns/part-00001.parquet", f"{root}/tables/turns/part-00000.parquet")
    (found,) = manifest.verify(store)
    assert (found.table, found.column) == ("turns", "conversation_id")


def test_a_data_set_at_an_address_is_never_replaced(store: str) -> None:
    pipeline.generate(PLAN, store, layout=LAYOUT)
    before = written_to(store)
    with pytest.raises(OutputError, match="remove it yourself or choose another address"):
        pipeline.generate(OTHER, store, layout=LAYOUT)
    assert written_to(store) == before


def test_shards_of_another_plan_at_an_address_are_never_mixed(store: str) -> None:
    pipeline.write_share(OTHER, store, Share(1, 2), layout=LAYOUT)
    with pytest.raises(OutputError, match="shards of another plan or version are there"):
        pipeline.write_share(PLAN, store, Share(1, 2), layout=LAYOUT)


@pytest.mark.parametrize(("address", "reason"), [("nowhere://x", "Protocol not known"), ("s3://b/x", "s3fs")])
def test_an_address_that_cannot_be_reached_is_a_clear_error(address: str, reason: str) -> None:
    with pytest.raises(OutputError, match=reason):
        pipeline.generate(PLAN, address, layout=LAYOUT)


def test_a_dask_cluster_of_two_processes_writes_the_same_bytes(tmp_path: Path, whole: dict[str, str]) -> None:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        crew = Crew(engine="dask", scheduler=cluster.scheduler_address)
        pipeline.generate(PLAN, tmp_path, layout=LAYOUT, crew=crew)
    assert digests(tmp_path) == whole


def test_a_dask_scheduler_that_does_not_answer_is_a_clear_error(tmp_path: Path) -> None:
    import dask  # noqa: PLC0415

    crew = Crew(engine="dask", scheduler="tcp://127.0.0.1:9")
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(EngineError, match="no Dask sched"),
    ):
        pipeline.generate(PLAN, tmp_path, layout=LAYOUT, crew=crew)
    assert digests(tmp_path) == {}


def dies_once(marker: Path, stage: staging.Staging, number: int) -> None:
    """Write a shard, but die in the middle of the first one that is tried."""
    if not marker.exists():
        marker.touch()
        partly = write_shard(PLAN, number, stage.place.under("lost"), LAYOUT)
        assert partly
        os.kill(os.getpid(), signal.SIGKILL)
    stage.record(number, write_shard(PLAN, number, stage.place, LAYOUT))


@pytest.mark.parametrize("engine", ["pool", "dask"])
def test_a_worker_that_dies_is_replaced_and_the_bytes_are_the_same(
    tmp_path: Path, whole: dict[str, str], engine: str
) -> None:
    stage = staging.begin(PLAN, tmp_path / "log", LAYOUT)
    task = partial(dies_once, tmp_path / "marker", stage)
    done = list(engines()[engine](task, range(SHARDS), Crew(workers=2, engine=engine)))
    assert set(done) == set(range(SHARDS))
    assert (tmp_path / "marker").exists()
    pipeline.join(PLAN, tmp_path / "log", layout=LAYOUT)
    assert digests(tmp_path / "log") == whole


def dies(_: int) -> None:
    """Die."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_workers_that_always_die_are_an_error_and_not_an_endless_loop() -> None:
    with pytest.raises(WorkerError, match=r"died three times.*try fewer --workers"):
        list(engines()["pool"](dies, range(SHARDS), Crew(workers=2)))


def test_a_run_that_was_stopped_goes_on_from_its_finished_shards(
    tmp_path: Path, whole: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(step: str, done: int, _: int) -> None:
        if step == "conversations" and done == 2:
            raise KeyboardInterrupt

    pipeline.generate(OTHER, tmp_path, layout=LAYOUT)
    with pytest.raises(KeyboardInterrupt):
        pipeline.generate(PLAN, tmp_path, layout=LAYOUT, progress=stop)
    assert manifest.read(tmp_path).seed == 43
    assert pipeline.kept(PLAN, tmp_path, LAYOUT) == 2
    made: list[int] = []

    def counted(plan: Plan, number: int, *rest: object) -> object:
        made.append(number)
        return write_shard(plan, number, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "write_shard", counted)
    pipeline.generate(PLAN, tmp_path, layout=LAYOUT)
    assert made == [2]
    assert digests(tmp_path) == whole


KILLED = """
import os, signal, sys
from generator import pipeline
from generator.engines import Crew
from generator.plan import Plan
from generator.shard import Layout

def main():
    def die(step, done, of):
        if step == "conversations" and done:
            os.kill(os.getpid(), signal.SIGKILL)
    crew = Crew(workers=int(sys.argv[2]))
    layout = Layout(block_users=10, file_users=10)
    pipeline.generate(Plan(profile="small", users=30), sys.argv[1], layout=layout, crew=crew, progress=die)

if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_leaves_the_earlier_data_and_the_same_run_goes_on(
    tmp_path: Path, whole: dict[str, str], workers: int
) -> None:
    pipeline.generate(OTHER, tmp_path / "log", layout=LAYOUT)
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    killed = subprocess.run([sys.executable, str(script), str(tmp_path / "log"), str(workers)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert manifest.read(tmp_path / "log").seed == 43
    assert manifest.verify(tmp_path / "log") == ()
    time.sleep(0.5)  # an orphaned worker may still be writing its shard
    pipeline.generate(PLAN, tmp_path / "log", layout=LAYOUT)
    assert digests(tmp_path / "log") == whole


FULL = """
import resource, sys
from generator import pipeline
from generator.errors import OutputError
from generator.plan import Plan

resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    pipeline.generate(Plan(profile="small", users=30), sys.argv[1])
except OutputError as error:
    sys.exit(str(error))
"""


def test_a_file_that_cannot_grow_leaves_the_earlier_data_and_nothing_half_written(tmp_path: Path) -> None:
    pipeline.generate(OTHER, tmp_path, layout=LAYOUT)
    before = digests(tmp_path)
    full = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], check=False, capture_output=True, text=True, timeout=60
    )
    assert full.returncode == 1
    assert os.strerror(errno.EFBIG) in full.stderr
    assert "earlier data is untouched; make room" in full.stderr
    assert digests(tmp_path) == before


def test_a_shard_that_failed_leaves_no_file_that_looks_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator import shard  # noqa: PLC0415

    def fails(*_: object) -> dict[str, object]:
        raise RuntimeError("in the middle")

    stage = staging.share(PLAN, tmp_path, LAYOUT)
    monkeypatch.setattr(shard, "drawn_tables", fails)
    with pytest.raises(RuntimeError, match="in the middle"):
        write_shard(PLAN, 0, stage.place, LAYOUT)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["plan.json"]


def test_what_differs_is_told_in_one_line() -> None:
    assert str(Mismatch("turns", "topic", "other")) == "turns.topic: other"
