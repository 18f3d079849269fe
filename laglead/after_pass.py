"""What a right answer is worth knowing: what it costs beside the reference, and what its reading costs.

Both are measured after the verdict is on the screen, so that nobody waits for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.limits import Limits
from laglead.cellview import Look, lines
from laglead.prose import table
from laglead.terminal import clean, paint

if TYPE_CHECKING:
    from checker.price import Reading
    from checker.result import Growth

# What an operator's name has in it, and what people call it; the first that fits.
STEPS = (
    ("SCAN", "scan"),
    ("JOIN", "join"),
    ("PRODUCT", "join"),
    ("WINDOW", "window"),
    ("GROUP_BY", "grouping"),
    ("AGGREGATE", "grouping"),
    ("ORDER_BY", "sort"),
    ("TOP_N", "sort"),
    ("UNNEST", "unnest"),
    ("UNION", "union"),
    ("CTE", "kept step"),
)


@dataclass(frozen=True, slots=True)
class Worth:
    """What the answer and the reference take on the log (None where one did not end), and every accepted reading."""

    answer: Growth | None
    reference: Growth | None
    readings: tuple[Reading, ...]


def measure(exercise: Exercise, sql: str, data: Dataset, cache: Path) -> Worth:
    """Run both once more on the whole log, and every accepted reading."""
    from checker import price, scale  # noqa: PLC0415 - a wrong answer needs neither

    reference = exercise.reference.read_text(encoding="utf-8-sig")
    mine, theirs = (scale.once(text, data, limits=Limits()) for text in (sql, reference))
    return Worth(mine, theirs, price.price(exercise, sql, data, limits=Limits(), cache=cache))


def as_text(worth: Worth) -> list[str]:
    """A small table each."""
    return [*_cost(worth), *price_text(worth.readings)]


def _cost(worth: Worth) -> list[str]:
    if worth.answer is None or worth.reference is None:
        return []
    rows = [[name, *_figures(one)] for name, one in (("yours", worth.answer), ("the reference", worth.reference))]
    return ["", *table([["on the whole log", "processor", "rows between steps", "steps"], *rows])]


def _figures(one: Growth) -> list[str]:
    return [f"{1000 * one.cpu_seconds:.0f} ms", f"{one.rows:,}", steps(one)]


def steps(one: Growth) -> str:
    """The shape of a plan: how many steps of each kind it has."""
    kinds = (next((word for part, word in STEPS if part in operator.type), None) for operator in one.operators)
    counts = Counter(kind for kind in kinds if kind is not None)
    words = [f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts.most_common()]
    return ", ".join(words) or "none"


def price_text(readings: Sequence[Reading]) -> list[str]:
    """The readings side by side: counts, or the rows themselves where they are few."""
    if not readings:
        return []
    head = ["", paint("The price of your assumption: what each accepted reading gives on this log", "bold")]
    rows = [[clean(one.name), f"{one.rows:,}", _shared(one)] for one in readings]
    out = [*head, *table([["reading", "rows", "of them in yours"], *rows])]
    for one in readings:
        if one.shown is not None:
            out += [f"  {clean(one.name)}", *lines(one.shown, Look())]
    return out


def _shared(one: Reading) -> str:
    return "all: it is yours" if one.followed else f"{one.shared:,}"


def readings_json(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """Each reading with its rows on the log."""
    return [{"name": one.name, "rows": one.rows, "shared": one.shared, "followed": one.followed} for one in readings]
