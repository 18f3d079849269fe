"""`laglead generate`: a plan out of range is one clear line, and shards made apart are one log."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import pipeline
from laglead import curriculum
from laglead.__main__ import run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--users", "0"], "users cannot be 0: give a whole number from 1"),
        (["--users", "-5"], "users cannot be -5"),
        (["--seed", "-1"], "seed cannot be -1"),
        (["--profile", "practise"], "did you mean 'practice'?"),
        (["--mess", "redelivery=-0.1"], "rate of redelivery cannot be -0.1: give a rate between 0 and 1"),
        (["--mess", "redelivery=1.5"], "rate of redelivery cannot be 1.5"),
        (["--mess", "redelivery=nan"], "rate of redelivery cannot be nan"),
        (["--mess", "redelivery"], "write a kind and a rate between 0 and 1"),
        (["--mess", "redelivrey=0.1"], "did you mean 'redelivery'?"),
        (["--start", "2026-03-02", "--end", "2026-03-02"], "give a moment after the start"),
        (["--start", "2026-03-02", "--end", "2026-02-01"], "give a moment after the start"),
        (["--start", "2026-03-02", "--end", "2026-03-10"], "a log lasts whole weeks: give 2026-03-16"),
        (["--start", "2026-03-02", "--end", "2036-03-03"], "weeks cannot be 522"),
        (["--start", "yesterday"], "--start yesterday: write a day such as 2026-01-05"),
        (["--shard", "3/2"], "shard cannot be '3/2': write K/N with 1 <= K <= N"),
        (["--shard", "0/2"], "shard cannot be '0/2'"),
        (["--shard", "two"], "shard cannot be 'two'"),
        (["--shard", "1/2", "--join"], "make all shards first, then join them"),
        (["--join"], "1 of 1 shards are missing"),
        (["--workers", "0"], "--workers 0: at least one has to work"),
        (["--engine", "spark"], "--engine spark: choose one of dask, pool"),
        (["--scheduler", "tcp://x"], "add --engine dask"),
    ],
    ids=" ".join,
)
def test_a_plan_out_of_range_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(["generate", "--out", str(tmp_path), *arguments]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err
    assert told.out == ""
    assert not list(tmp_path.rglob("*.parquet"))


def test_shares_made_apart_are_joined_by_one_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curriculum, "thresholds", tuple)  # the worlds have tests of their own
    plan = ["generate", "--users", "20", "--start", "2026-03-02", "--end", "2026-03-16"]
    apart = [*plan, "--out", str(tmp_path)]
    assert run([*apart, "--shard", "2/2", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["missing"] == [1]
    assert run([*apart, "--shard", "1/2"]) == 0
    assert "and so are all others. Now: the same with --join" in capsys.readouterr().out
    assert run([*apart, "--join"]) == 0
    assert "Generated: " in capsys.readouterr().out
    assert run(["generate", "--verify", "--out", str(tmp_path)]) == 0


def test_a_run_stopped_between_shards_says_what_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "generate", stopped)
    monkeypatch.setattr(pipeline, "kept", lambda *_: 3)
    assert run(["generate", "--users", "100000", "--out", str(tmp_path)]) == 130
    assert "3 finished shards are kept: the same command goes on from there." in capsys.readouterr().err
