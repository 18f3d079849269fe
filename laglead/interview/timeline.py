"""The interview as a strip: how long each part really took, and what was done when."""

from __future__ import annotations

from collections.abc import Iterator

from laglead.interview.event import Kind
from laglead.interview.part import PARTS
from laglead.interview.report import InterviewReport, Mark, Stretch

WIDTH, TOP, HEIGHT = 860, 22, 34
ROWS = {Kind.ASKED: "asked", Kind.ASSUMED: "assumed", Kind.EXPLORED: "ran a query", Kind.SUBMITTED: "handed in"}
LEFT, ROW = 90, 18
NARROWEST = 60


def timeline(report: InterviewReport) -> str:
    """An SVG for the page; its colours are the page's."""
    end = max([1.0, *(stretch.ends for stretch in report.stretches)])
    scale = (WIDTH - LEFT - 10) / end
    height = TOP + HEIGHT + 8 + ROW * len(ROWS)
    body = [*_parts(report.stretches, scale), *_rows(report.marks, scale), *_minutes(end, scale)]
    label = "The parts of the interview, and what was done when"
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{"".join(body)}</svg>'


def _parts(stretches: tuple[Stretch, ...], scale: float) -> Iterator[str]:
    for one in stretches:
        x, width = LEFT + one.begins * scale, max(1.0, (one.ends - one.begins) * scale)
        colour = f"var(--p{PARTS.index(one.part)})"
        yield f'<rect x="{x:.1f}" y="{TOP}" width="{width:.1f}" height="{HEIGHT}" rx="3" fill="{colour}"/>'
        if width > NARROWEST:
            yield f'<text x="{x + 6:.1f}" y="{TOP + 21}">{one.part.title}</text>'


def _rows(marks: tuple[Mark, ...], scale: float) -> Iterator[str]:
    for number, (kind, name) in enumerate(ROWS.items()):
        y = TOP + HEIGHT + 14 + ROW * number
        yield f'<text class="quiet" x="0" y="{y + 4}">{name}</text>'
        for mark in marks:
            if mark.kind is kind:
                yield f'<circle class="mark" cx="{LEFT + mark.at * scale:.1f}" cy="{y}" r="4.5"/>'


def _minutes(end: float, scale: float) -> Iterator[str]:
    step = next((size for size in (1, 5, 10, 15, 30) if end / size <= 8), 60)
    for minute in range(0, int(end) + 1, step):
        unit = " min" if minute == 0 else ""
        yield f'<text class="quiet" x="{LEFT + minute * scale:.1f}" y="14">{minute}{unit}</text>'
