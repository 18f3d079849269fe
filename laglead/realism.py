"""Shows how near the log in place comes to published figures, for people and for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from laglead.prose import table as aligned
from laglead.steps import Steps
from laglead.terminal import paint

if TYPE_CHECKING:
    from generator.realism import Compared, Figure

HEAD = ["statistic", "published", "here", "error", "source"]


def compared(data: Path) -> tuple[Compared, ...]:
    """Every figure beside what the data set says, told as it is read."""
    from generator.realism import compare  # noqa: PLC0415 - only this needs the generator

    with Steps() as steps:
        steps.step("reading the log", 0, 1)
        return compare(data)


def as_text(found: tuple[Compared, ...], plan: str) -> list[str]:
    """Two tables with their scores, and what would bring the log nearer."""
    published = [one for one in found if not one.figure.assumed]
    assumed = [one for one in found if one.figure.assumed]
    lines = [*aligned([HEAD, *map(_row, published)]), "", paint(_score(published, "published figures"), "bold"), ""]
    lines += [*aligned([HEAD, *map(_row, assumed)]), "", paint(_score(assumed, "assumptions"), "bold")]
    if plan != "wildchat":
        lines += ["", "The figures are those of large logs: laglead generate --profile wildchat"]
    return lines


def as_json(found: tuple[Compared, ...]) -> dict[str, Any]:
    """The scores and every figure."""
    published = [one.near for one in found if not one.figure.assumed]
    return {
        "within_5_percent": sum(published),
        "published": len(published),
        "assumed_within_5_percent": sum(one.near for one in found if one.figure.assumed),
        "assumed": sum(one.figure.assumed for one in found),
        "figures": [_as_json(one) for one in found],
    }


def number(value: float | None, figure: Figure) -> str:
    """A figure as people read it: a share as percent, others with their unit."""
    if value is None:
        return "nothing"
    if figure.value < 1 and not figure.unit:
        return f"{value * 100:.2f} %"
    digits = 2 if figure.value < 100 else 0
    return f"{value:,.{digits}f}" + (f" {figure.unit}" if figure.unit else "")


def percent(error: float | None) -> str:
    """A relative error with its sign."""
    return "" if error is None else f"{error * 100:+.1f} %"


def _row(one: Compared) -> list[str]:
    mark = "" if one.near else " !"
    published, here = number(one.figure.value, one.figure), number(one.measured, one.figure)
    return [one.figure.what, published, here, percent(one.error) + mark, one.figure.source]


def _score(found: list[Compared], what: str) -> str:
    return f"{sum(one.near for one in found)} of {len(found)} {what} are met within 5 %"


def _as_json(one: Compared) -> dict[str, Any]:
    figure = one.figure
    return {
        "name": figure.name,
        "group": figure.group,
        "what": figure.what,
        "unit": figure.unit,
        "published": figure.value,
        "measured": one.measured,
        "error": one.error,
        "source": figure.source,
        "assumed": figure.assumed,
    }
