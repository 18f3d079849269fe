"""What the exercise expects: the reference's results, computed in a child of its own and cached by content."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from checker import canonical, process
from checker.compare import residue
from checker.contract import Contract, Mismatch, match_columns
from checker.dataset import Dataset
from checker.errors import ExerciseError, RunnerError
from checker.exercise import Exercise
from checker.leftover import all_rows
from checker.limits import Limits
from checker.query_run import WORLDS, ForeignKey, QueryRun, QueryStopped
from checker.result import Digest, Piece, ResultRow
from checker.small_run import SmallRun, Split
from checker.verdict import Rows

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Expected:
    """Digests of the reference: `pairs` are the worlds (first order, second order) on which it is stable."""

    log: dict[int, Digest]
    worlds: dict[int, Digest]
    pairs: tuple[tuple[int, int], ...]
    dropped: int
    sizes: dict[int, int]

    def as_json(self) -> dict[str, Any]:
        """The form of the cache file."""
        return {
            "log": [[part, *digest] for part, digest in self.log.items()],
            "worlds": [[part, *digest] for part, digest in self.worlds.items()],
            "pairs": self.pairs,
            "dropped": self.dropped,
            "sizes": list(self.sizes.items()),
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """The reverse of `as_json`; ValueError, KeyError or TypeError when it is something else."""
        return cls(
            log={int(part): (int(count), str(a), str(b)) for part, count, a, b in raw["log"]},
            worlds={int(part): (int(count), str(a), str(b)) for part, count, a, b in raw["worlds"]},
            pairs=tuple((int(first), int(second)) for first, second in raw["pairs"]),
            dropped=int(raw["dropped"]),
            sizes={int(world): int(count) for world, count in raw["sizes"]},
        )


class Reference:
    """One accepted reading of the exercise. Its child starts only when the cache cannot answer."""

    def __init__(
        self, exercise: Exercise, path: Path, dataset: Dataset, *, limits: Limits, cache: Path | None, log: bool = True
    ) -> None:
        self.path = path
        self._log = log
        self._exercise, self._dataset, self._limits = exercise, dataset, limits
        self.sql = path.read_text(encoding="utf-8-sig")
        self._cache = cache
        self._file = None if cache is None else cache / f"{self._key()}.json"
        self._cached = _read_cache(self._file)
        self.run = None if self._cached else QueryRun(limits)
        self._contract: Contract | None = None
        self._evaluated: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.run is not None:
            self.run.__exit__(kind, error, trace)

    @property
    def cpu_seconds(self) -> float:
        """Processor time of its child so far."""
        return 0.0 if self.run is None else self.run.cpu_seconds

    def sibling(self, path: Path) -> Reference:
        """Another query of the same exercise on the same worlds; its log stays empty."""
        return Reference(self._exercise, path, self._dataset, limits=self._limits, cache=self._cache, log=False)

    def is_stable_on_log(self) -> bool:
        """Whether the reference gives its result on the log again; floats may differ by the order of their sums."""
        if self._contract is not None and self._contract.is_loose:
            return True
        try:
            again, _ = self._opened().on_log()
        except QueryStopped as stopped:
            raise self._broken(stopped) from stopped
        self._evaluated.add("log")
        return self._contract is None or self._contract.is_loose or again == self.expected().log

    def expected(self) -> Expected:
        """The digests, from the cache or from the child; RunnerError or ExerciseError when the reference fails."""
        if self._cached is None:
            try:
                self._cached = self._computed()
            except QueryStopped as stopped:
                raise self._broken(stopped) from stopped
            _write_cache(self._file, self._cached)
        return self._cached

    def rows(
        self, source: str, parts: Sequence[int], *, first: int = 0, hashes: Sequence[int] | None = None
    ) -> tuple[list[ResultRow], bool]:
        """Rows of some parts of the expected answer."""
        try:
            return self._holding(source).rows(source, parts, first=first, hashes=hashes)
        except QueryStopped as stopped:
            raise self._broken(stopped) from stopped

    def tally(self, source: str, parts: Sequence[int], *, first: int = 0) -> tuple[dict[tuple[int, int], int], bool]:
        """How often each row of some parts is expected, by part and hash of the row."""
        try:
            return self._holding(source).tally(source, parts, first=first)
        except QueryStopped as stopped:
            raise self._broken(stopped) from stopped

    def _holding(self, source: str) -> QueryRun:
        """The child with the result on this source; of other sources it holds what was asked for last."""
        run = self._opened()
        if source in ("log", WORLDS) and source not in self._evaluated:
            self._evaluate(source)
        return run

    def in_cuts(self, origin: str, cuts: Sequence[Sequence[Piece]], *, isolated: bool = False) -> SmallRun:
        """What is expected in small databases of chosen rows; those in which the reference raises are left out."""
        try:
            return replace(self._opened().in_cuts(origin, cuts, isolated=isolated), side=self)
        except QueryStopped as stopped:
            raise self._broken(stopped) from stopped

    def in_entities(self, split: Split) -> SmallRun:
        """What is expected on the log of each entity alone."""
        try:
            return replace(self._opened().in_entities(split), side=self)
        except QueryStopped as stopped:
            raise self._broken(stopped) from stopped

    def members(self, origin: str, tables: Sequence[str], world: int) -> tuple[Piece, ...]:
        """The rows of one world, or of one entity of the latest `in_entities`."""
        try:
            return self._opened().members(origin, tables, world)
        except QueryStopped as stopped:
            raise self._broken(stopped) from stopped

    def values(self, world: int) -> tuple[str | None, ...]:
        """The entities in one bucket of the latest `in_entities`."""
        try:
            return self._opened().values(world)
        except QueryStopped as stopped:
            raise self._broken(stopped) from stopped

    def links(
        self, origin: str, pieces: Sequence[Piece], references: Sequence[ForeignKey]
    ) -> list[tuple[Piece, Piece]]:
        """(row, row that it names) among these rows."""
        try:
            return self._opened().links(origin, pieces, references)
        except QueryStopped as stopped:
            raise self._broken(stopped) from stopped

    def inputs(self, origin: str, pieces: Sequence[Piece], most: int, names: Collection[str] = ()) -> dict[str, Rows]:
        """Rows of the data set as text, by table; in brief, nested values keep the fields that are named."""
        try:
            return self._opened().inputs(origin, pieces, most, names)
        except QueryStopped as stopped:
            raise self._broken(stopped) from stopped

    def _computed(self) -> Expected:
        run = self._opened()
        listed = run.world_list(("base", *self._exercise.thresholds))
        sizes = run.sizes(self._exercise.tables)
        worlds = [world for world, _, _ in listed]
        small = run.in_worlds(worlds, seconds=self._limits.soft_seconds, stop_at_failure=False)
        digests, evaluated = dict(small.digests), small.evaluated
        self._evaluated.add(WORLDS)
        log, falls = run.on_log() if self._log else ({}, 0)
        if self._log:
            self._evaluated.add("log")
        if falls:
            raise ExerciseError(self.path, 1, "the reference does not keep the declared order; add its ORDER BY")
        by_pair: dict[int, list[int]] = {}
        for world, pair, _ in sorted(listed, key=lambda row: (row[1], row[2])):
            by_pair.setdefault(pair, []).append(world)
        whole = [(pair[0], pair[-1]) for pair in by_pair.values() if set(pair) <= evaluated]
        pairs = tuple(pair for pair in whole if self._is_stable(run, pair, digests))
        return Expected(log, digests, pairs, len(by_pair) - len(pairs), sizes)

    def _is_stable(self, run: QueryRun, pair: tuple[int, int], digests: dict[int, Digest]) -> bool:
        first, second = pair
        if digests.get(first) == digests.get(second):
            return True
        contract = self._contract
        if contract is None or not contract.is_loose:
            return False
        mine, theirs = (all_rows(run, WORLDS, [world]) for world in pair)
        moved = [replace(row, world=first) for row in theirs]
        return not residue(mine, moved, contract.types, self._exercise.tolerance)

    def _opened(self) -> QueryRun:
        if self.run is None:
            self.run = QueryRun(self._limits)
        if self._contract is None:
            self.run.open(self._dataset, self.sql)
            contract = match_columns(self._exercise.output, self.run.columns)
            if isinstance(contract, Mismatch):
                raise ExerciseError(self.path, 1, f"{contract.message} {'; '.join(contract.reasons)}")
            self._contract = contract
            self.run.expect(contract, self._exercise)
        return self.run

    def _evaluate(self, source: str) -> None:
        run = self._opened()
        if source == "log":
            run.on_log()
        else:
            expected = self.expected()
            worlds = [world for pair in expected.pairs for world in pair]
            run.in_worlds(worlds, seconds=self._limits.soft_seconds, stop_at_failure=False)
        self._evaluated.add(source)

    def _broken(self, stopped: QueryStopped) -> RunnerError:
        why = stopped.failure.message or f"its child was stopped ({stopped.failure.kind})"
        return RunnerError(f"{self.path}: the reference did not run: {why}. Run: laglead doctor")

    def _key(self) -> str:
        exercise, native = self._exercise, self._dataset.native.stat()
        parts = {
            "sql": [self.sql, self._log],
            "output": [[column.name, column.type, column.unordered] for column in exercise.output],
            "order": exercise.order.by,
            "tolerance": [exercise.tolerance.relative, exercise.tolerance.absolute],
            "blocks": ["base", *exercise.thresholds],
            "tables": exercise.tables,
            "data": [self._dataset.digest, native.st_size, native.st_mtime_ns],
            "engine": process.engine_version(),
            "canonical": [canonical.VERSION, FORMAT],
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _read_cache(file: Path | None) -> Expected | None:
    """What the cache holds; None when there is nothing or it is damaged: then it is computed again."""
    if file is None:
        return None
    try:
        written = file.stat()
        return _decoded(file, written.st_mtime_ns, written.st_size)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


@lru_cache(maxsize=64)
def _decoded(file: Path, _mtime_ns: int, _size: int) -> Expected:
    """The file's content; kept for those who check again and again, as long as the file is the same."""
    return Expected.from_json(json.loads(file.read_bytes()))


def _write_cache(file: Path | None, expected: Expected) -> None:
    """Write it whole or not at all; a full disk or a read-only folder costs only time."""
    if file is None:
        return
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, unfinished = tempfile.mkstemp(dir=file.parent, prefix=".incoming-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as target:
                json.dump(expected.as_json(), target)
            Path(unfinished).replace(file)
        except OSError:
            Path(unfinished).unlink(missing_ok=True)
            raise
