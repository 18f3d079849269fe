"""The corpus of hostile and broken statements under the real checker: nothing leaks, nothing changes, nothing hangs."""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from statements import FOLDER, Expect, Statement, corpus

from checker import answer
from checker.canonical import quote
from checker.check import Answer, check, run_query
from checker.column_type import Family, parse
from checker.dataset import Dataset
from checker.exercise import Exercise, OutputColumn
from checker.limits import Limits
from checker.nursery import nursery
from checker.query_run import QueryRun, QueryStopped
from checker.reference import Reference
from checker.verdict import Broken, Passed, Refused, TimedOut, Verdict
from laglead import cellview
from laglead.curriculum import find
from laglead.terminal import clean
from laglead.verdict_json import report_json
from laglead.verdict_text import screen

CANARY = "sesame-open-"
SHORT = Limits(soft_seconds=0.2, hard_seconds=0.4, memory_bytes=192 << 20, engine_memory_bytes=96 << 20, threads=1)
LONG = Limits(soft_seconds=8, hard_seconds=10)
SLACK_SECONDS = 0.5
MOST_GROWTH_BYTES = 50 << 20
UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069]|^::", re.MULTILINE)
Found = Answer | Verdict


@dataclass(slots=True)
class Host:
    """Everything that an attack would like to reach."""

    data: Dataset
    secrets: Path
    out: Path
    cache: Path
    server: socket.socket
    template: Exercise
    before: dict[Path, str] = field(default_factory=dict)

    def places(self) -> dict[str, object]:
        return {
            "secrets": self.secrets,
            "data": self.data.folder,
            "out": self.out,
            "exercise": self.template.folder,
            "cache": self.cache,
            "port": self.server.getsockname()[1],
        }

    def files(self) -> dict[Path, str]:
        """What stands where an attack could write."""
        folders = (self.data.folder, self.secrets, self.out)
        found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}

    def connections(self) -> int:
        try:
            self.server.accept()
        except BlockingIOError:
            return 0
        return 1


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory, small_log: Dataset) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("host")
    secrets, out, cache = (folder / name for name in ("secrets", "out", "cache"))
    for made in (secrets, out):
        made.mkdir()
    for name in ("canary.txt", "canary.csv", "canary.json", "canary.parquet", "canary.csv.gz", "reference.sql"):
        (secrets / name).write_text(f"{CANARY}{name}\n")
    with socket.socket() as server, pytest.MonkeyPatch.context() as patch, nursery():
        patch.setenv("CANARY_ENV", CANARY)
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.setblocking(False)
        made_host = Host(small_log, secrets, out, cache, server, find("sittings_30_minutes"))
        made_host.before = made_host.files()
        yield made_host


def test_the_corpus_is_large_and_every_statement_has_one_name() -> None:
    names = [statement.name.partition("/")[2] for statement in corpus()]
    assert len(names) == len(set(names)) >= 300


@pytest.mark.parametrize("category", sorted(file.stem for file in FOLDER.glob("*.toml")))
def test_every_statement_meets_its_expected_end(host: Host, category: str) -> None:
    """Its outcome, its time, no canary in anything shown, and the host as it was."""
    statements = [statement for statement in corpus() if statement.is_about(category)]
    _forget_peak()
    before = _held_bytes("VmRSS")
    problems = [problem for statement in statements for problem in _problems(host, statement)]
    assert problems == []
    assert _held_bytes("VmHWM") - before <= MOST_GROWTH_BYTES
    assert host.files() == host.before
    assert host.connections() == 0
    assert _rows(run_query("SELECT 6 * count(*) / count(*) AS x FROM turns", host.data)) == (("6.0",),)


def _problems(host: Host, statement: Statement) -> Iterator[str]:
    limits = SHORT if statement.expect is Expect.STOP else LONG
    if statement.expect is not Expect.STOP:
        yield from _problems_of(statement, limits, lambda: _shown(host, statement, limits))
    if statement.expect in (Expect.STOP, Expect.CHANCE) or statement.is_about("worlds"):
        yield from _problems_of(statement, limits, lambda: _judged(host, statement, limits))


def _problems_of(statement: Statement, limits: Limits, act: Callable[[], tuple[Found, str]]) -> Iterator[str]:
    for attempt in range(3):
        started = time.monotonic()
        found, shown = act()
        late = time.monotonic() - started - limits.hard_seconds
        if late <= SLACK_SECONDS:
            break
        if attempt == 2:
            yield f"{statement.name}: its verdict came {late:.2f} s after the hard limit, three times"
    if not _is_expected(statement.expect, found):
        yield f"{statement.name}: expected {statement.expect.value}, found {found}"[:400]
    if CANARY in shown:
        yield f"{statement.name}: a secret was shown"
    if UNSAFE.search(shown):
        yield f"{statement.name}: unsafe characters were shown: {shown!r}"[:400]


def _is_expected(expect: Expect, found: Found) -> bool:
    stopped = isinstance(found, Refused | Broken | TimedOut)
    match expect:
        case Expect.REFUSE:
            return isinstance(found, Refused | Broken)
        case Expect.STOP:
            return stopped
        case Expect.ROWS | Expect.CHANCE:
            return not stopped and not isinstance(found, Passed)
        case Expect.ESCAPE:
            return not isinstance(found, Passed)


def _shown(host: Host, statement: Statement, limits: Limits) -> tuple[Found, str]:
    """What `laglead run` finds and shows."""
    text = answer.from_bytes(statement.placed(host.places()))
    found = text if isinstance(text, Refused) else run_query(text, host.data, limits=limits)
    if isinstance(found, Answer):
        return found, "\n".join(cellview.lines(found.rows, cellview.Look(most=40, indent="")))
    return found, clean(str(found))


def _judged(host: Host, statement: Statement, limits: Limits) -> tuple[Found, str]:
    """What `laglead check` finds and shows where the question asks for exactly the statement's columns."""
    path = host.out.parent / "answer.sql"
    path.write_bytes(statement.placed(host.places()))
    exercise = _question(host, path, limits)
    if not isinstance(exercise, Exercise):
        return exercise, ""
    with Reference(exercise, exercise.reference, host.data, limits=LONG, cache=host.cache) as reference:
        reference.expected()  # a right result is never bound by short limits
    report = check(exercise, path, host.data, limits=limits, cache=host.cache, lint=statement.is_about("parser"))
    found = report.verdict
    return found, screen(report, exercise, "answer.sql", report.sql, "next") + json.dumps(report_json(report))


def _question(host: Host, path: Path, limits: Limits) -> Exercise | Found:
    sql = answer.read(path)
    if isinstance(sql, Refused):
        return sql
    with QueryRun(limits) as run:
        try:
            run.open(host.data, sql)
        except QueryStopped as stopped:
            return Broken(stopped.failure.message)
    columns = [(name, kind if kind != '"NULL"' and _is_known(kind) else "VARCHAR") for name, kind in run.columns]
    folder = host.out.parent / "exercise"
    folder.mkdir(exist_ok=True)
    nulls = ", ".join(f"CAST(NULL AS {kind}) AS {quote(name)}" for name, kind in columns)
    (folder / "reference.sql").write_text(f"SELECT {nulls} FROM range(3)")
    output = tuple(OutputColumn(name, kind, "") for name, kind in columns)
    return replace(host.template, output=output, folder=folder, thresholds=(), accepts=(), tables=("turns",))


def _is_known(kind: str) -> bool:
    try:
        return parse(kind).family is not Family.OTHER
    except ValueError:
        return False


def _rows(found: Found) -> object:
    return found.rows.rows if isinstance(found, Answer) else found


def _held_bytes(name: str) -> int:
    if not sys.platform.startswith("linux"):
        return 0
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith(f"{name}:"))


def _forget_peak() -> None:
    if os.access("/proc/self/clear_refs", os.W_OK):
        Path("/proc/self/clear_refs").write_text("5")
