"""What a query gave in small databases, and how the log is split into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.leftover import Side
from checker.result import Digest, Failure


@dataclass(frozen=True, slots=True)
class SmallRun:
    """`side` still holds the rows under the name `source`; `sizes` counts the input rows of a split.

    `method` is lateral, halved (a join, halved where it raised) or loop.
    """

    side: Side
    source: str
    digests: Mapping[int, Digest]
    evaluated: frozenset[int]
    failures: tuple[tuple[int, Failure], ...] = ()
    falls: Mapping[int, int] = field(default_factory=dict)
    sizes: Mapping[int, int] = field(default_factory=dict)
    method: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """The log by entity: one small database for each group of listed values of `column`.

    Without groups, one for each of the first `count` of `buckets` of all values that `table` has. Each step
    of the plan has a table and how its rows belong to an entity: direct, bridged (with bridge and
    link), whole or nothing.
    """

    column: str
    plan: tuple[Mapping[str, str], ...]
    groups: tuple[tuple[str | None, ...], ...] = ()
    table: str = ""
    buckets: int = 0
    first: int = 0

    @property
    def count(self) -> int:
        """How many small databases there are."""
        return len(self.groups) or self.first
