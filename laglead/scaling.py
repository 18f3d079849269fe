"""The cost verdict as people and programs read it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from laglead.terminal import clean, paint, width

if TYPE_CHECKING:
    from checker.result import Growth
    from checker.scale import Scaling


def scaling_text(scaling: Scaling | None) -> str:
    """A table of processor milliseconds and rows, and one sentence."""
    if scaling is None:
        return "scale: not measured, the answer does not run"
    sign = paint("steeper than the reference", "yellow") if scaling.steeper else paint("as the reference", "green")
    lines = [f"scale: {sign}", f"  {'log':>8}  {'yours':>10} {'rows':>12}  {'reference':>10} {'rows':>12}"]
    for place, factor in enumerate(scaling.factors):
        lines.append(f"  {f'{factor}x':>8}  {_cells(scaling.answer, place)}  {_cells(scaling.reference, place)}")
    return "\n".join(
        [*lines, *textwrap.wrap(clean(scaling.message), width(), initial_indent="  ", subsequent_indent="  ")]
    )


def _cells(series: tuple[Growth, ...], place: int) -> str:
    if place >= len(series):
        return f"{'did not end':>23}"
    return f"{1000 * series[place].cpu_seconds:>7,.0f} ms {series[place].rows:>12,}"


def scaling_json(scaling: Scaling | None) -> dict[str, Any] | None:
    """The same for programs: seconds of processor time, rows between operators."""
    if scaling is None:
        return None
    cause = scaling.cause
    return {
        "steeper": scaling.steeper,
        "message": scaling.message,
        "factors": list(scaling.factors),
        "answer": [_growth(one) for one in scaling.answer],
        "reference": [_growth(one) for one in scaling.reference],
        "operator": cause and {"type": cause.type, "about": cause.about, "seconds": cause.seconds, "rows": cause.rows},
    }


def _growth(one: Growth) -> dict[str, Any]:
    return {"cpu_seconds": round(one.cpu_seconds, 4), "rows": one.rows}
