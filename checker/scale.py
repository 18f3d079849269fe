"""The cost verdict: how the answer's time grows with the log, beside the reference's, and which operator does it.

Both run at 1, 4 and 16 times a sample of the log, each run in a child of its own. Time is processor time, so
that a busy machine changes little; rows between the operators are counted by the engine and never vary.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.catalog import Table
from checker.dataset import Dataset
from checker.limits import Limits
from checker.query_run import QueryRun, QueryStopped
from checker.result import Growth, Operator

FACTORS = (1, 4, 16)
SAMPLED_SHARE = 16  # one conversation in so many is the log at 1x
TIMES_STEEPER, TIMES_MORE = 2.5, 2.0
SHORTEST_SECONDS = 0.02  # below it, growth of time is noise
# These name people and conversations: a grown log has no more of them, but longer histories.
ENTITIES = frozenset({"conversation_id", "user_id", "user_ref", "account_id"})
_MESSAGE = "message_id"


@dataclass(frozen=True, slots=True)
class Scaling:
    """`answer` and `reference` at each of `factors`, as far as they ended in time.

    `steeper` says that the answer scales worse than the reference.
    """

    factors: tuple[int, ...]
    answer: tuple[Growth, ...]
    reference: tuple[Growth, ...]
    steeper: bool
    cause: Operator | None
    message: str


def measure(
    sql: str,
    reference: Path,
    dataset: Dataset,
    *,
    limits: Limits,
    share: int = SAMPLED_SHARE,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Scaling:
    """Grow the log under both queries; a query that does not end is taken as far as it came."""
    recipes = [_recipe(table) for table in dataset.catalog.tables.values()]
    series: list[tuple[Growth, ...]] = []
    for text in (reference.read_text(encoding="utf-8-sig"), sql):
        progress(len(series), 2)
        series.append(_runs(text, dataset, recipes, limits, share))
    return judge(answer=series[1], reference=series[0])


def once(sql: str, dataset: Dataset, *, limits: Limits) -> Growth | None:
    """What a query takes on the whole log as it is; None when it does not end."""
    recipes = [_recipe(table) for table in dataset.catalog.tables.values()]
    with QueryRun(limits) as run:
        try:
            run.open(dataset, sql)
            return run.grown(1, recipes, 1)
        except QueryStopped:
            return None


def judge(*, answer: tuple[Growth, ...], reference: tuple[Growth, ...]) -> Scaling:
    """Compare two series of measurements."""
    steeper = len(answer) < len(reference) or (len(answer) > 1 and _is_steeper(answer, reference))
    cause = _cause(answer) if steeper and answer else None
    return Scaling(FACTORS, answer, reference, steeper, cause, _message(answer, reference, cause, steeper=steeper))


def _is_steeper(answer: tuple[Growth, ...], reference: tuple[Growth, ...]) -> bool:
    """By the rows, which never vary, or by the time: it must grow faster, and end at more."""
    (my_time, my_rows), (their_time, their_rows) = _growth(answer), _growth(reference)
    mine, theirs = answer[-1], reference[len(answer) - 1]
    in_rows = my_rows > TIMES_STEEPER * their_rows and mine.rows > TIMES_MORE * theirs.rows
    in_time = my_time > TIMES_STEEPER * their_time and mine.cpu_seconds > TIMES_MORE * theirs.cpu_seconds
    return in_rows or in_time


def _runs(sql: str, dataset: Dataset, recipes: list[dict[str, Any]], limits: Limits, share: int) -> tuple[Growth, ...]:
    found: list[Growth] = []
    for factor in FACTORS:
        with QueryRun(limits) as run:
            try:
                run.open(dataset, sql)
                found.append(run.grown(factor, recipes, share))
            except QueryStopped:
                break
    return tuple(found)


def _growth(series: tuple[Growth, ...]) -> tuple[float, float]:
    """How many times the time, and the rows between operators, are at the end what they were at the start."""
    if len(series) < 2:
        return 1.0, 1.0
    last, first = (max(SHORTEST_SECONDS, one.cpu_seconds) for one in (series[-1], series[0]))
    return last / first, max(1, series[-1].rows) / max(1, series[0].rows)


def _cause(series: tuple[Growth, ...]) -> Operator:
    """The operator from which most rows come; among equals the one that takes longest."""
    return max(series[-1].operators, key=lambda operator: (operator.rows, operator.seconds))


def _message(
    answer: tuple[Growth, ...], reference: tuple[Growth, ...], cause: Operator | None, *, steeper: bool
) -> str:
    if not steeper:
        return "The answer scales as the reference does."
    what = "" if cause is None else f" {cause.words} gives {cause.rows:,} rows at {FACTORS[len(answer) - 1]}x."
    if len(answer) < len(reference):
        return f"The answer does not end at {FACTORS[len(answer)]}x of the log, where the reference does.{what}"
    (mine, my_rows), (theirs, their_rows) = _growth(answer), _growth(reference)
    return (
        f"At {FACTORS[-1]}x of the log the answer takes {mine:.0f}x the time and {my_rows:.0f}x the rows, "
        f"the reference {theirs:.0f}x and {their_rows:.0f}x.{what}"
    )


def _recipe(table: Table) -> dict[str, Any]:
    """What becomes of each column of a copy, and by which column the table is sampled."""
    names = {column.name for column in table.columns}
    grows = bool(names & {"conversation_id", _MESSAGE}) and not any(set(key) <= ENTITIES for key in table.keys)
    keyed = {name for key in table.keys for name in key} | {_MESSAGE}
    change = {column.name: _change(column.name, column.type, keyed) if grows else "kept" for column in table.columns}
    return {
        "name": table.name,
        "grows": grows,
        "sampled_by": "conversation_id" if grows and "conversation_id" in names else None,
        "columns": [[name, what] for name, what in change.items()],
    }


def _change(name: str, kind: str, keyed: set[str]) -> str:
    if kind == "TIMESTAMPTZ":
        return "later"
    if name in ENTITIES or (name not in keyed and not name.endswith("_message_id")):
        return "kept"
    return "other" if kind == "VARCHAR" else "further"
