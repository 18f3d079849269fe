"""Writes docs/realism.md and its pictures from a real log: `python docs/realism/draw.py FOLDER`.

FOLDER holds a data set, such as one by `laglead generate --profile wildchat --out FOLDER`. The same log
gives the same bytes. The pictures are plain SVG and follow the reader's light or dark theme.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from generator.realism import TABLES, Compared, compare
from laglead.realism import number, percent

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP = 720, 300, 56, 32, 40, 40
STYLE = """<style>
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600 }
.inside { fill: #ffffff; font-weight: 600 }
.axis { stroke: #8c959f; stroke-width: 1 }
.mark { stroke: #bc4c00; stroke-width: 2; stroke-dasharray: 5 4 }
.one { fill: #0969da } .two { fill: #218bff } .three { fill: #8250df } .four { fill: #9a6700 }
.band { fill: #0969da; fill-opacity: 0.25 }
.line { fill: none; stroke: #0969da; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .inside { fill: #0d1117 }
  .axis { stroke: #768390 }
  .mark { stroke: #f0883e }
  .one { fill: #4493f8 } .two { fill: #79c0ff } .three { fill: #ab7df8 } .four { fill: #d29922 }
  .band { fill: #4493f8; fill-opacity: 0.3 }
  .line { stroke: #4493f8 }
}
</style>"""
SERIES = ("one", "two", "three", "four")
PAGE = """# How real the log is

Thirty statistics of a log of {users:,} users (`laglead generate --profile wildchat`, seed {seed}) beside what is
published of real ones: {near} of {count} are met within 5 %. `laglead data --realism` prints the same for the log in
place; the queries are `generator/realism/published.sql` and `assumed.sql`. This page and its pictures are written by
`docs/realism/draw.py` from that run.

| statistic | published | here | error | source |
|---|---|---|---|---|
{published}
## Assumptions

Nobody publishes these; they are set so that the exercises have something to find, and scored apart: {assumed_near} of
{assumed_count} are met within 5 %.

| statistic | assumed | here | error |
|---|---|---|---|
{assumed}
## Pictures

![Conversations by their number of exchanges](realism/exchanges.svg)

![Think times, with the published percentiles](realism/think.svg)

![Arrivals over the day](realism/hours.svg)

![The four client generations by week](realism/generations.svg)
"""


def across(place: float, first: float, last: float) -> float:
    """Where a value stands from left to right."""
    return LEFT + (place - first) / (last - first) * (WIDTH - LEFT - RIGHT)


def up(share: float, most: float) -> float:
    """Where a share stands from bottom to top."""
    return HEIGHT - BOTTOM - share / most * (HEIGHT - BOTTOM - TOP)


def picture(title: str, parts: Iterable[str], ticks: Sequence[tuple[float, str]], most: float) -> str:
    """A whole SVG: the parts between a title and two axes."""
    floor = HEIGHT - BOTTOM
    marks = [f'<text x="{x:.1f}" y="{floor + 18}" text-anchor="middle">{label}</text>' for x, label in ticks]
    levels = [
        f'<text x="{LEFT - 8}" y="{up(share, most) + 4:.1f}" text-anchor="end">{share * 100:.0f} %</text>'
        for share in (0, most / 2, most)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
            STYLE,
            f'<text class="title" x="{LEFT}" y="22">{title}</text>',
            *parts,
            f'<line class="axis" x1="{LEFT}" y1="{floor}" x2="{WIDTH - RIGHT}" y2="{floor}"/>',
            *marks,
            *levels,
            "</svg>\n",
        ]
    )


def bars(rows: Sequence[tuple[float, float]], step: float, most: float) -> list[str]:
    """One bar a row: (place of its left edge, share)."""
    first, last = rows[0][0], rows[-1][0] + step
    wide = across(first + step, first, last) - across(first, first, last) - 2
    return [
        f'<rect class="one" x="{across(x, first, last):.1f}" y="{up(share, most):.1f}" width="{wide:.1f}" '
        f'height="{up(0, most) - up(share, most):.1f}"/>'
        for x, share in rows
    ]


def ribbon(style: str, low: Sequence[tuple[float, float]], high: Sequence[tuple[float, float]]) -> str:
    """The area between two lines of points."""
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*high, *reversed(low)])
    return f'<polygon class="{style}" points="{points}"/>'


def exchanges(rows: Sequence[tuple[float, ...]]) -> str:
    """Bars from one exchange to thirteen and more."""
    pairs = [(row[0], row[1]) for row in rows]
    ticks = [(across(x + 0.5, 1, 14), "13+" if x == 13 else str(x)) for x in range(1, 14)]
    return picture("Exchanges a conversation; published: 59 % have one", bars(pairs, 1, 0.6), ticks, 0.6)


def think(rows: Sequence[tuple[float, ...]]) -> str:
    """Bars over a logarithmic axis, and lines at the published percentiles."""
    pairs = [(row[0], row[1]) for row in rows]
    first, last = pairs[0][0], pairs[-1][0] + 0.25
    lines = []
    for place, label in ((1.230, "p10"), (2.093, "p50"), (3.368, "p90")):  # log10 of 17, 124 and 2331 s
        x = across(place, first, last)
        lines += [
            f'<line class="mark" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}"/>',
            f'<text x="{x + 4:.1f}" y="{TOP + 12}">{label}</text>',
        ]
    ticks = [(across(power, first, last), f"{10**power:,} s") for power in range(6)]
    return picture("Think time; lines: published percentiles", [*bars(pairs, 0.25, 0.2), *lines], ticks, 0.2)


def hours(rows: Sequence[tuple[float, ...]]) -> str:
    """The median day as a line in the ribbon of eight days of ten."""
    low, middle, high = ([(across(row[0], 0, 23), up(row[n], 0.08)) for row in rows] for n in (1, 2, 3))
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in middle)
    ticks = [(across(hour, 0, 23), f"{hour}:00") for hour in range(0, 24, 3)]
    parts = [ribbon("band", low, high), f'<polyline class="line" points="{points}"/>']
    return picture("Arrivals by hour (UTC): median day, and eight days of ten", parts, ticks, 0.08)


def generations(rows: Sequence[tuple[float, ...]]) -> str:
    """The four generations stacked, week by week."""
    last, parts, below = rows[-1][0], [], [0.0] * len(rows)
    for number_, style in enumerate(SERIES, 1):
        above = [under + row[number_] for under, row in zip(below, rows, strict=True)]
        edges = [
            [(across(row[0], 0, last), up(level, 1)) for row, level in zip(rows, levels, strict=True)]
            for levels in (below, above)
        ]
        parts.append(ribbon(style, *edges))
        middle = up((below[0] + above[0]) / 2, 1)
        parts.append(f'<text class="inside" x="{LEFT + 6}" y="{middle + 4:.1f}">v{number_}</text>')
        below = above
    ticks = [(across(week, 0, last), f"week {week + 1:.0f}") for week in range(0, int(last) + 1, 3)]
    return picture("Client generations share the weeks", parts, ticks, 1)


DRAWN = {"exchanges": exchanges, "think": think, "hours": hours, "generations": generations}


def page(found: Sequence[Compared], manifest: dict[str, object]) -> str:
    """The page as markdown."""
    published = [one for one in found if not one.figure.assumed]
    assumed = [one for one in found if one.figure.assumed]
    plan = manifest["plan"]
    return PAGE.format(
        users=plan["users"] if isinstance(plan, dict) else 0,
        seed=manifest["seed"],
        near=sum(one.near for one in published),
        count=len(published),
        published="".join(_row(one, one.figure.source) for one in published),
        assumed_near=sum(one.near for one in assumed),
        assumed_count=len(assumed),
        assumed="".join(_row(one) for one in assumed),
    )


def _row(one: Compared, *more: str) -> str:
    figure = one.figure
    cells = (figure.what, number(figure.value, figure), number(one.measured, figure), percent(one.error), *more)
    return f"| {' | '.join(cells)} |\n"


def main() -> None:
    """Write the page and the pictures."""
    if len(sys.argv) != 2:
        sys.exit("Name the folder of a data set: python docs/realism/draw.py FOLDER")
    data = Path(sys.argv[1])
    manifest = json.loads((data / "manifest.json").read_text(encoding="utf-8"))
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for table in TABLES:
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{data}/tables/{table}/*.parquet')")
        for name, draw in DRAWN.items():
            rows = connection.execute((HERE / f"{name}.sql").read_text(encoding="utf-8")).fetchall()
            (HERE / f"{name}.svg").write_text(draw(rows), encoding="utf-8")
    (HERE.parent / "realism.md").write_text(page(compare(data), manifest), encoding="utf-8")


if __name__ == "__main__":
    main()
