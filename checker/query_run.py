"""One SQL text in one child: asks it for results and turns every failure into one kind of exception."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from checker import result
from checker.contract import Contract
from checker.exercise import Exercise
from checker.limits import Limits
from checker.result import BadReply, Digest, Failure, ResultRow
from checker.supervisor import Child, ChildLost, Loss
from checker.verdict import Rows

MOST_ROWS = 3_000
LEAST_SHARE_OF_TIME = 0.25
MOST_TALLIED = 20_000
Read = TypeVar("Read")
_KIND = {Loss.TIME: "timeout", Loss.MEMORY: "memory", Loss.OUTPUT: "output", Loss.CRASH: "crash"}


class QueryStopped(Exception):
    """The query did not come to its end."""

    def __init__(self, failure: Failure, *, world: int | None = None) -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.world = world


class QueryRun:
    """A child with one query. Every method raises QueryStopped when the query fails or the child is lost."""

    def __init__(self, limits: Limits) -> None:
        self._child = Child.start(limits)
        self._limits = limits
        self._width = 0
        self.columns: tuple[tuple[str, str], ...] = ()
        self.layers: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.kill()

    def open(self, native: Path, sql: str, *, pivot_allowed: bool = False) -> None:
        """Lock the child up with its query and learn the query's columns."""
        try:
            reply = self._child.open(native, sql, pivot_allowed=pivot_allowed)
        except ChildLost as lost:
            raise QueryStopped(Failure(_KIND[lost.loss], "")) from None
        self.columns = self._read(reply, result.described)
        self.layers = tuple(str(layer) for layer in reply.get("layers", ()))

    def expect(self, contract: Contract, exercise: Exercise) -> None:
        """Say which columns are compared, as what types, in which order."""
        names = [column.name for column in exercise.output]
        self._width = len(names)
        self._ask(
            request="expect",
            columns=[
                [position, column.type, column.unordered]
                for column, position in zip(contract.columns, contract.positions, strict=True)
            ],
            order=[[names.index(name), descending] for name, descending in exercise.order.by],
            relative=exercise.tolerance.relative,
            absolute=exercise.tolerance.absolute,
        )

    def on_log(self) -> tuple[dict[int, Digest], int]:
        """Digests of the result on the log by bucket, and how many rows stand out of order."""
        reply = self._ask(request="log")
        return self._read(reply, result.digests), self._read(reply, result.falls)

    def in_worlds(
        self, worlds: Iterable[int], *, seconds: float, stop_at_failure: bool
    ) -> tuple[dict[int, Digest], set[int], list[tuple[int, Failure]]]:
        """Digests by world, the worlds that were run, and those in which the query raised."""
        asked, started = list(worlds), time.monotonic()
        reply = self._ask(request="worlds", worlds=asked, seconds=seconds, stop_at_failure=stop_at_failure)
        evaluated, failures = self._read(reply, result.evaluated), self._read(reply, result.world_failures)
        if not failures and not evaluated.issuperset(asked):
            # Only time may leave a world out: a child that was taken over would drop those it fails.
            hasty = time.monotonic() - started < seconds * LEAST_SHARE_OF_TIME
            if hasty or not evaluated:
                self._child.kill()
                raise QueryStopped(Failure("crash" if hasty else "timeout", ""))
        return self._read(reply, result.digests), evaluated, failures

    def rows(
        self, source: str, parts: Sequence[int], *, first: int = 0, hashes: Sequence[int] | None = None
    ) -> tuple[list[ResultRow], bool]:
        """Rows of some buckets of the log or of some worlds, all or those with these hashes; whether there are more."""
        reply = self._ask(
            request="rows", source=source, parts=list(parts), first=first, most=MOST_ROWS, hashes=_listed(hashes)
        )
        return self._read(reply, lambda found: result.result_rows(found, self._width)), result.more(reply)

    def tally(self, source: str, parts: Sequence[int], *, first: int = 0) -> tuple[dict[tuple[int, int], int], bool]:
        """How often each row of these parts occurs, by part and hash of the row, and whether there are more."""
        reply = self._ask(request="tally", source=source, parts=list(parts), first=first, most=MOST_TALLIED)
        rows = self._read(reply, lambda found: result.integer_rows(found, "tally", 3))
        return {(part, row): count for part, row, count in rows}, result.more(reply)

    def in_one(self, condition: dict[str, Any], tables: Sequence[str]) -> tuple[list[ResultRow], int]:
        """The result in a fresh database with one world or one entity: rows in their order, and falls."""
        reply = self._ask(request="one", condition=condition, tables=list(tables), most=MOST_ROWS)
        rows = self._read(reply, lambda found: result.result_rows(found, self._width))
        return rows, self._read(reply, result.falls)

    def inputs(self, condition: dict[str, Any], tables: Sequence[str], most: int) -> dict[str, Rows]:
        """The input rows of one world or one entity."""
        return self._read(
            self._ask(request="inputs", condition=condition, tables=list(tables), most=most), result.tables
        )

    def world_list(self, blocks: Sequence[str]) -> list[tuple[int, ...]]:
        """(world, pair, permutation) of the worlds of these blocks."""
        reply = self._ask(request="world_list", blocks=list(blocks))
        return self._read(reply, lambda found: result.integer_rows(found, "worlds", 3))

    def sizes(self, tables: Sequence[str]) -> dict[int, int]:
        """Rows of these tables by world."""
        reply = self._ask(request="sizes", tables=list(tables))
        rows = self._read(reply, lambda found: result.integer_rows(found, "sizes", 2))
        return {row[0]: row[1] for row in rows}

    def shown(self, most: int) -> Rows:
        """The first rows, as SQL text."""
        return self._read(self._ask(request="run", most=most), result.table)

    def _ask(self, **request: Any) -> dict[str, Any]:
        try:
            return self._child.ask(request)
        except ChildLost as lost:
            raise QueryStopped(Failure(_KIND[lost.loss], "")) from None

    def _read(self, reply: dict[str, Any], reader: Callable[[dict[str, Any]], Read]) -> Read:
        try:
            stopped = result.failure(reply)
            if stopped is not None:
                raise QueryStopped(stopped)
            return reader(reply)
        except BadReply:
            self._child.kill()
            raise QueryStopped(Failure("crash", "")) from None


def _listed(values: Sequence[int] | None) -> list[int] | None:
    return None if values is None else list(values)
