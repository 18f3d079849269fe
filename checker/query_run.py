"""One SQL text in one child: asks it for results and turns every failure into one kind of exception."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

from checker import result
from checker.contract import Contract
from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.limits import Limits
from checker.result import BadReply, Digest, Failure, Growth, Piece, ResultRow, Shape
from checker.small_run import SmallRun, Split
from checker.supervisor import Child, ChildLost, Loss
from checker.verdict import Rows

MOST_ROWS = 3_000
LEAST_SHARE_OF_TIME = 0.25
MOST_TALLIED = 20_000
Read = TypeVar("Read")
Link = tuple[Piece, Piece]
ForeignKey = tuple[str, str, tuple[str, ...], tuple[str, ...]]
_KIND = {Loss.TIME: "timeout", Loss.MEMORY: "memory", Loss.OUTPUT: "output", Loss.CRASH: "crash"}


WORLDS, CUTS, ALONE = "worlds", "cuts", "alone"


class QueryStopped(Exception):
    """The query did not come to its end."""

    def __init__(self, failure: Failure, *, world: int | None = None) -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.world = world


class QueryRun:
    """A child with one query. Every method raises QueryStopped when the query fails or the child is lost.

    `cpu_seconds` is the processor time that the child says it took so far.
    """

    def __init__(self, limits: Limits) -> None:
        self._child = Child.start(limits)
        self._limits = limits
        self._width = 0
        self.cpu_seconds = 0.0
        self.columns: tuple[tuple[str, str], ...] = ()
        self.layers: tuple[str, ...] = ()

    @property
    def process(self) -> int:
        """The number of the child's process."""
        return self._child.process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.kill()

    def open(self, dataset: Dataset, sql: str, *, pivot_allowed: bool = False) -> None:
        """Lock the child up with its query and learn the query's columns."""
        try:
            reply = self._child.open(dataset.native, tuple(dataset.catalog.tables), sql, pivot_allowed=pivot_allowed)
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

    def on_log(self, order: int = 0) -> tuple[dict[int, Digest], int]:
        """Digests of the result on the log by bucket, and how many rows stand out of order.

        Order 0 is the log as it is stored; every other number is another order of its rows.
        """
        reply = self._ask(request="log", order=order)
        return self._read(reply, result.digests), sum(self._read(reply, result.falls).values())

    def in_worlds(
        self,
        worlds: Sequence[int],
        *,
        seconds: float,
        stop_at_failure: bool,
        isolated: bool = False,
        source: str = WORLDS,
    ) -> SmallRun:
        """The query in these worlds: by one join, or isolated from each other."""
        return self._in_small(
            list(worlds),
            request="worlds",
            worlds=list(worlds),
            seconds=seconds,
            stop_at_failure=stop_at_failure,
            isolated=isolated,
            source=source,
        )

    def in_cuts(self, origin: str, cuts: Sequence[Sequence[Piece]], *, isolated: bool = False) -> SmallRun:
        """The query in small databases of chosen rows of the log or of the worlds, numbered from 0."""
        chosen: dict[str, list[list[int]]] = {}
        for number, cut in enumerate(cuts):
            for table, row in cut:
                chosen.setdefault(table, []).append([number, row])
        return self._in_small(
            list(range(len(cuts))),
            request="cut",
            origin=origin,
            chosen=chosen,
            count=len(cuts),
            seconds=self._limits.soft_seconds,
            stop_at_failure=False,
            isolated=isolated,
            source=ALONE if isolated else CUTS,
        )

    def in_entities(self, split: Split) -> SmallRun:
        """The query on the log of each entity alone, numbered from 0."""
        return self._in_small(
            list(range(split.count)),
            request="split",
            column=split.column,
            plan=[dict(step) for step in split.plan],
            groups=[list(group) for group in split.groups],
            table=split.table,
            buckets=split.buckets,
            first=split.first,
            count=split.count,
            seconds=self._limits.soft_seconds,
            stop_at_failure=False,
            isolated=False,
            source=CUTS,
        )

    def _in_small(self, asked: list[int], **request: Any) -> SmallRun:
        started = time.monotonic()
        reply = self._ask(**request)
        evaluated, failures = self._read(reply, result.evaluated), self._read(reply, result.world_failures)
        if not failures and not evaluated.issuperset(asked):
            # Only time may leave a world out: a child that was taken over would drop those it fails.
            hasty = time.monotonic() - started < request["seconds"] * LEAST_SHARE_OF_TIME
            if hasty or not evaluated:
                self._child.kill()
                raise QueryStopped(Failure("crash" if hasty else "timeout", ""))
        sizes = self._read(reply, lambda found: result.integer_rows(found, "sizes", 2)) if "sizes" in reply else []
        return SmallRun(
            side=self,
            source=request["source"],
            digests=self._read(reply, result.digests),
            evaluated=frozenset(evaluated),
            failures=tuple(failures),
            falls=self._read(reply, result.falls),
            sizes={row[0]: row[1] for row in sizes},
            method=str(reply.get("method", "")),
        )

    def members(self, origin: str, tables: Sequence[str], world: int) -> tuple[Piece, ...]:
        """The rows of one world, or of one entity of the latest `in_entities`."""
        return self._read(self._ask(request="members", origin=origin, tables=list(tables), world=world), result.pieces)

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

    def links(
        self, origin: str, pieces: Sequence[Piece], references: Sequence[ForeignKey]
    ) -> list[tuple[Piece, Piece]]:
        """(row, row that it names) by these foreign keys (table, table named, columns, columns there)."""
        request = {"origin": origin, "pieces": [list(piece) for piece in pieces], "references": list(references)}
        return self._read(self._ask(request="links", **request), result.links)

    def values(self, world: int) -> tuple[str | None, ...]:
        """The entities in one bucket of the latest `in_entities`."""
        return self._read(self._ask(request="values", world=world), result.values)

    def shape(self) -> Shape:
        """What the query's tree tells of its order."""
        return self._read(self._ask(request="loose_ends"), result.shape)

    def inputs(self, origin: str, pieces: Sequence[Piece], most: int, names: Collection[str]) -> dict[str, Rows]:
        """Rows of the data set as text, by table; in brief, nested values keep the fields that are named."""
        request = {"origin": origin, "pieces": [list(piece) for piece in pieces], "most": most, "names": sorted(names)}
        return self._read(self._ask(request="inputs", **request), result.tables)

    def world_list(self, blocks: Sequence[str]) -> list[tuple[int, ...]]:
        """(world, pair, permutation) of the worlds of these blocks."""
        reply = self._ask(request="world_list", blocks=list(blocks))
        return self._read(reply, lambda found: result.integer_rows(found, "worlds", 3))

    def sizes(self, tables: Sequence[str]) -> dict[int, int]:
        """Rows of these tables by world."""
        reply = self._ask(request="sizes", tables=list(tables))
        rows = self._read(reply, lambda found: result.integer_rows(found, "sizes", 2))
        return {row[0]: row[1] for row in rows}

    def grown(self, factor: int, tables: Sequence[dict[str, Any]], share: int) -> Growth:
        """What the query takes on a log grown so many times."""
        return self._read(self._ask(request="grown", factor=factor, tables=list(tables), share=share), result.growth)

    def shown(self, most: int) -> Rows:
        """The first rows, as SQL text."""
        return self._read(self._ask(request="run", most=most), result.table)

    def _ask(self, **request: Any) -> dict[str, Any]:
        try:
            reply = self._child.ask(request)
        except ChildLost as lost:
            raise QueryStopped(Failure(_KIND[lost.loss], "")) from None
        spent = reply.get("spent_seconds")
        self.cpu_seconds = spent if isinstance(spent, float) else self.cpu_seconds
        return reply

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
