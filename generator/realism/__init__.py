"""How near a log comes to what is published of real ones: thirty statistics, and the assumptions apart."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb

NEAR = 0.05
TABLES = (
    "classifier_scores", "conversations", "feedback", "log_window", "message_events", "safety_labels", "turns", "users",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure, or an assumption; `value` is a share unless there is a unit."""

    name: str
    group: str
    what: str
    value: float
    source: str
    unit: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure and what the log says; `measured` is None where the log holds nothing to measure."""

    figure: Figure
    measured: float | None

    @property
    def error(self) -> float | None:
        """The relative error: 0.05 is five percent too much."""
        return None if self.measured is None else self.measured / self.figure.value - 1

    @property
    def near(self) -> bool:
        """Whether the log is within five percent."""
        return self.error is not None and abs(self.error) <= NEAR


@cache
def figures() -> tuple[Figure, ...]:
    """All figures: the published ones by group, then the assumptions."""
    raw = tomllib.loads((files(__package__) / "figures.toml").read_text(encoding="utf-8"))
    return tuple(Figure(**figure) for figure in raw["figure"])


def compare(data: Path) -> tuple[Compared, ...]:
    """Every figure beside what the data set in `data` says of it, in the order of `figures`."""
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for table in TABLES:
            place = str(data / "tables" / table / "*.parquet").replace("'", "''")
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{place}', union_by_name = true)")
        measured = dict(_measured(connection))
    return tuple(Compared(figure, measured[figure.name]) for figure in figures())


def _measured(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, float | None]]:
    for name in ("published", "assumed"):
        statement = (files(__package__) / f"{name}.sql").read_text(encoding="utf-8")
        yield from connection.execute(statement).fetchall()
