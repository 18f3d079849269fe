"""What a locked-up child cannot do, and what a child that lies cannot make the parent believe."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker import process, result, supervisor
from checker.answer import from_bytes
from checker.check import Answer, run_query
from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.limits import Limits
from checker.query_run import QueryRun, QueryStopped
from checker.result import BadReply
from checker.verdict import Broken, Refused, TimedOut, Verdict

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Landlock and seccomp are Linux's")

PROBE = """
import _socket, ctypes, fcntl, os, resource, sys, threading
from checker import sandbox
def prctl(option, value):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
layers = sandbox.harden(sandbox.Confinement((), 1 << 30, 10, os.getppid()))
thread = threading.Thread(target=print, args=("thread",))
thread.start(); thread.join()
try:
    {action}
except PermissionError:
    print("denied")
else:
    print("allowed")
"""


@linux_only
@pytest.mark.parametrize(
    "action",
    [
        "open('/etc/passwd')",
        "open('/tmp/laglead_never', 'w')",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 0)",
        "os.unlink('/tmp/laglead_never')",
        "os.rename('/tmp/laglead_never', '/tmp/laglead_neither')",
        "os.mkdir('/tmp/laglead_never')",
        "_socket.socket()",
        "resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))",
        "os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
        "os.sched_setaffinity(os.getppid(), {0})",
        "fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid())",
        "fcntl.fcntl(0, 15, bytes(8))",  # F_SETOWN_EX
        "prctl(1, 0)",  # outlive the parent
    ],
)
def test_a_hardened_process_can_run_threads_but_not(action: str) -> None:
    code = PROBE.format(action=action)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["thread", "denied"], done


@linux_only
def test_every_layer_holds_on_this_machine(dataset: Dataset) -> None:
    with QueryRun(Limits()) as run:
        run.open(dataset, "SELECT 1")
    assert {"parent-death", "no-new-privileges", "limits", "seccomp"} <= set(run.layers)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('{secret}')",
        "FROM '{secret}'",
        "SELECT * FROM glob('{folder}/**')",
        "SELECT replace(content::VARCHAR, chr(0), ' ') FROM read_blob('/proc/self/environ')",
        "SELECT getenv('CANARY')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "SELECT * FROM enable_logging(storage = 'file', storage_config = {{'path': '{folder}/log'}})",
        "ATTACH '{folder}/new.duckdb'",
        "INSTALL httpfs",
        "WITH d AS (INSERT INTO users VALUES ('x', 'y') RETURNING *) SELECT * FROM d",
        "SET enable_external_access = true",
    ],
)
def test_no_file_is_read_and_none_is_written(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    monkeypatch.setenv("CANARY", "sesame-open")
    secret = tmp_path / "secret.txt"
    secret.write_text("sesame-open")
    before = dataset.native.read_bytes()
    found = run_query(sql.format(secret=secret, folder=tmp_path), dataset)
    assert not isinstance(found, Answer) or not found.rows.rows
    assert "sesame-open" not in str(found)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.txt"]
    assert dataset.native.read_bytes() == before


@pytest.mark.parametrize("sql", ["SELECT " + "- " * 30_000, "SELECT " + "(" * 3_000, "SELECT '" + "a" * 70_000 + "'"])
def test_a_bomb_for_the_parser_is_refused_before_it_is_parsed(sql: str) -> None:
    assert isinstance(from_bytes(sql.encode()), Refused)


@pytest.mark.parametrize("code", ["time.sleep(60)", "print('{{}}' * 9_000, flush=True); time.sleep(60)"])
def test_a_child_that_reads_no_longer_does_not_hold_its_parent(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(process, "PROGRAM", "import time; " + code + " # {path!r} {module} {parent}")
    with QueryRun(Limits(soft_seconds=0.2, hard_seconds=0.4)) as run, pytest.raises(QueryStopped) as stopped:
        run.open(dataset, "SELECT '" + "é" * 300_000 + "'")
    assert stopped.value.failure.kind in ("timeout", "crash")


def test_worlds_are_left_out_for_want_of_time_only(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    reply = (
        '{{"columns": [["n", "INTEGER"]], "parts": [], "evaluated": [0], "failures": [], "falls": [], "layers": []}}'
    )
    code = f"import sys\nfor line in sys.stdin: print('{reply}', flush=True)"
    monkeypatch.setattr(process, "PROGRAM", code + " # {path!r} {module} {parent}")
    with QueryRun(Limits()) as run:
        run.open(dataset, "SELECT 1 AS n")
        assert run.in_worlds([0], seconds=9, stop_at_failure=True).evaluated == {0}
        with pytest.raises(QueryStopped):
            run.in_worlds([0, 1], seconds=9, stop_at_failure=True)
        with pytest.raises(QueryStopped):
            run.in_worlds([0], seconds=9, stop_at_failure=True)


def test_a_child_notices_itself_that_it_holds_too_much(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "resident_bytes", lambda _: 0)  # as where there is no /proc
    limits = Limits(memory_bytes=64 << 20, engine_memory_bytes=1 << 30)
    found = run_query("SELECT max(length(repeat(i::VARCHAR, 90000000))) FROM range(10) t(i)", dataset, limits=limits)
    assert isinstance(found, Broken)
    assert "memory" in found.message


def test_a_line_of_dashes_is_no_bomb() -> None:
    assert isinstance(from_bytes(b"SELECT 1 " + (b"-" * 400 + b"\n") * 20), str)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM range(100000000000) a WHERE a.range % 7 = 9",
        "SELECT repeat('abcdefgh', 9223372036854775807)",
        "WITH RECURSIVE t(s) AS (SELECT 'a' UNION ALL SELECT s || s FROM t) SELECT max(length(s)) FROM t",
        "SELECT regexp_replace(repeat('a', 1000000), 'a', repeat('b', 10000), 'g')",
    ],
)
def test_a_query_that_does_not_end_is_ended_within_the_hard_limit(dataset: Dataset, sql: str) -> None:
    started = time.monotonic()
    found = run_query(sql, dataset, limits=Limits(soft_seconds=1.0, hard_seconds=1.5))
    assert isinstance(found, TimedOut | Broken)
    assert time.monotonic() - started < 2.5


def _lying(code: str) -> str:
    return "import sys, os, time; sys.stdin.readline(); " + code + " # {path!r} {module} {parent}"


@pytest.mark.parametrize(
    "code",
    [
        "print('not json')",
        "print('[1]')",
        "print('[' * 100000)",
        "print('{{\"columns\": 7}}')",
        "os._exit(3)",
        "os.abort()",
        "sys.stdout.write('x' * 10_000_000)",
        "time.sleep(60)",
    ],
)
def test_a_child_that_lies_or_dies_is_only_a_failure_of_its_own(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(process, "PROGRAM", _lying(code))
    with QueryRun(Limits(soft_seconds=0.5, hard_seconds=1.0)) as run, pytest.raises(QueryStopped):
        run.open(dataset, "SELECT 1")


@pytest.mark.parametrize(
    ("reader", "reply"),
    [
        (result.described, {"columns": []}),
        (result.described, {"columns": [["a", 1]]}),
        (result.digests, {"parts": [[1, 2, 3, 4]]}),
        (result.digests, {"parts": {"0": []}}),
        (result.falls, {"falls": True}),
        (result.evaluated, {"evaluated": [1.5]}),
        (result.tables, {"tables": [1]}),
        (result.table, {"columns": [["a", "INTEGER"]], "rows": [[1]]}),
        (result.failure, {"error": "no"}),
    ],
)
def test_a_reply_of_another_shape_is_not_read(reader: Callable[[Any], Any], reply: dict[str, Any]) -> None:
    with pytest.raises(BadReply):
        reader(reply)


def test_no_statement_of_the_child_holds_the_reference(
    make_exercise: Callable[..., Exercise], verdict_of: Callable[..., Verdict], dataset: Dataset
) -> None:
    exercise = make_exercise("SELECT 'the-reference-text' AS n", {"n": "VARCHAR"})
    found = verdict_of(exercise, "SELECT (SELECT max(sql) FROM duckdb_tables() WHERE sql LIKE '%the-reference%') AS n")
    assert found.outcome == "differs"
    assert "the-reference-text" not in str(getattr(getattr(found, "counterexample", None), "actual", ""))
