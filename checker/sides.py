"""The two queries that a verdict compares."""

from __future__ import annotations

from dataclasses import dataclass

from checker.catalog import Catalog
from checker.contract import Contract
from checker.exercise import Exercise
from checker.identifiers import identifiers
from checker.query_run import QueryRun
from checker.reference import Reference


@dataclass(frozen=True, slots=True)
class Sides:
    """The two queries that are compared, under one contract; `sql` is the answer's text."""

    answer: QueryRun
    reference: Reference
    contract: Contract
    exercise: Exercise
    catalog: Catalog
    sql: str

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that one of the two may read."""
        return tuple(sorted(name for name in self.catalog.tables if name.lower() in self.names))

    @property
    def names(self) -> frozenset[str]:
        """What the two name: tables, columns and fields are among it."""
        return identifiers(self.sql) | identifiers(self.reference.sql)
