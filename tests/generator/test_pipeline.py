"""A data set is written whole or not at all, and the same plan writes the same bytes."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from written import digests

from generator import manifest, pipeline, swap
from generator.engines import Crew
from generator.errors import OutputError
from generator.plan import Plan
from generator.shard import Layout

TINY = Plan(profile="small", users=40)
OTHER = Plan(profile="small", users=41)


def test_the_same_plan_writes_the_same_bytes(tmp_path: Path) -> None:
    pipeline.generate(TINY, tmp_path / "one", thresholds=["30 minutes"])
    pipeline.generate(TINY, tmp_path / "two", thresholds=["30 minutes"])
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


@pytest.mark.usefixtures("no_worlds")
def test_two_workers_write_what_one_writes(tmp_path: Path) -> None:
    layout = Layout(block_users=10, file_users=20)
    pipeline.generate(TINY, tmp_path / "one", layout=layout)
    pipeline.generate(TINY, tmp_path / "two", layout=layout, crew=Crew(workers=2))
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert len(list((tmp_path / "one" / "tables" / "turns").iterdir())) == 2


@pytest.mark.usefixtures("no_worlds")
def test_another_seed_writes_another_log(tmp_path: Path) -> None:
    one = pipeline.generate(TINY, tmp_path / "one")
    other = pipeline.generate(Plan(profile="small", users=40, seed=43), tmp_path / "other")
    assert one.hashes["turns"] != other.hashes["turns"]


@pytest.mark.usefixtures("no_worlds")
def test_finish_sees_the_whole_data_set_and_its_file_is_kept(tmp_path: Path) -> None:
    seen: list[bool] = []

    def finish(folder: Path) -> None:
        seen.append(manifest.read(folder).seed == 42)
        (folder / "laglead.duckdb").write_text("native")

    pipeline.generate(TINY, tmp_path, finish=finish)
    assert seen == [True]
    assert (tmp_path / "laglead.duckdb").read_text() == "native"


@pytest.mark.usefixtures("no_worlds")
def test_what_others_keep_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "mine.sql").write_text("SELECT 1")
    (tmp_path / "laglead.toml").write_text("[workspace]")
    pipeline.generate(TINY, tmp_path)
    pipeline.generate(OTHER, tmp_path)
    assert (tmp_path / "answers" / "mine.sql").read_text() == "SELECT 1"
    assert (tmp_path / "laglead.toml").read_text() == "[workspace]"
    assert manifest.read(tmp_path).raw["plan"]["users"] == 41
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.usefixtures("no_worlds")
def test_a_full_disk_leaves_the_earlier_data_and_says_what_to_do(tmp_path: Path) -> None:
    pipeline.generate(TINY, tmp_path)
    before = digests(tmp_path)

    def finish(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match=r"No space left on device.*untouched; make room"):
        pipeline.generate(OTHER, tmp_path, finish=finish)
    assert digests(tmp_path) == before


@pytest.mark.usefixtures("no_worlds")
def test_an_interrupt_leaves_the_earlier_data(tmp_path: Path) -> None:
    pipeline.generate(TINY, tmp_path)
    before = digests(tmp_path)

    def finish(_: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.generate(OTHER, tmp_path, finish=finish)
    assert digests(tmp_path) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from generator import pipeline
from generator.plan import Plan
die = lambda _: os.kill(os.getpid(), signal.SIGKILL)
pipeline.generate(Plan(profile="small", users=41), Path(sys.argv[1]), finish=die)
"""


@pytest.mark.usefixtures("no_worlds")
def test_a_killed_run_leaves_the_earlier_data_and_the_next_start_cleans_up(tmp_path: Path) -> None:
    pipeline.generate(TINY, tmp_path)
    before = digests(tmp_path)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (tmp_path / swap.INCOMING).is_dir()
    pipeline.recover(tmp_path)
    assert digests(tmp_path) == before


@pytest.mark.usefixtures("no_worlds")
@pytest.mark.parametrize("moves_done", [0, 1, 2])
def test_a_move_that_was_interrupted_is_finished_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves_done: int
) -> None:
    pipeline.generate(OTHER, tmp_path / "whole")
    pipeline.generate(TINY, tmp_path / "cut")
    real, count = Path.rename, [0]

    def rename(self: Path, target: Path) -> Path:
        if self.parent.name == swap.READY:
            if count[0] == moves_done:
                raise KeyboardInterrupt
            count[0] += 1
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        pipeline.generate(OTHER, tmp_path / "cut")
    monkeypatch.undo()
    assert not (tmp_path / "cut" / "manifest.json").exists()
    pipeline.recover(tmp_path / "cut")
    assert digests(tmp_path / "cut") == digests(tmp_path / "whole")


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="choose another folder"):
        pipeline.generate(TINY, tmp_path / "file")
    assert (tmp_path / "file").read_text() == "in the way"
