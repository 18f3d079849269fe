"""Draws an example along its time: one lane an entity, its events in order, and where the answers put their rows.

    c1            10:31:29     +30 min
    role          user         user
    yours         █ 1          █ 2
    expected      ██████████████ 1

Events stand side by side in their order, not to scale: the gap is written above, because a microsecond decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.timeline import Timeline
from checker.verdict import Counterexample, Rows
from laglead.cellview import cell
from laglead.moments import Place, gap, place
from laglead.terminal import cells, pad, paint, shorten, width

INDENT = "    "
MOST_LANES = 3
NARROWEST = 6
LONGEST_NAME = 20
BLOCK = "█"
LEVELS = {"low": "▂ low", "medium": "▅ medium", "high": "█ high"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """The lines, the column along which they run, and the input table that they make superfluous."""

    lines: tuple[str, ...]
    axis: str
    replaces: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of one entity in their order: their places, and the shown text of each value column."""

    entity: str | None
    places: tuple[Place, ...]
    values: dict[str, tuple[str, ...]]


def draw(example: Counterexample, declared: Timeline | None, telling: Mapping[str, Sequence[int]]) -> Drawing | None:
    """The drawing; None where nothing is declared or the example has no such events.

    Besides the declared values it shows the `telling` columns of its table, so that no table is needed."""
    events = example.tables.get(declared.table) if declared is not None else None
    if declared is None or events is None or not {declared.entity, declared.at} <= set(events.columns):
        return None
    named = [events.columns[column] for column in telling[declared.table]]
    columns = [name for name in dict.fromkeys((*declared.values, *named)) if name in events.columns]
    every = list(_lanes(events, declared, [name for name in columns if name not in (declared.entity, declared.at)]))
    lanes = [(lane, _frame(lane)) for lane in every[:MOST_LANES]]
    lines = [line for lane, frame in lanes for line in _drawn(lane, frame, example, declared)]
    if len(every) > MOST_LANES:
        lines.append(f"{INDENT}({len(every) - MOST_LANES} more)")
    whole = len(every) <= MOST_LANES and not any(frame.cuts for _, frame in lanes)
    return Drawing(tuple(lines), declared.at, declared.table if whole else "")


def _lanes(events: Rows, declared: Timeline, columns: Sequence[str]) -> Iterator[Lane]:
    at, entity = events.columns.index(declared.at), events.columns.index(declared.entity)
    found: dict[str | None, list[tuple[str | None, ...]]] = {}
    for row in events.rows:
        found.setdefault(row[entity], []).append(row)
    for name, rows in sorted(found.items(), key=lambda lane: (lane[0] is None, lane[0] or "")):
        ordered = sorted(rows, key=lambda row: place(row[at]).order)
        numbers = {column: events.columns.index(column) for column in columns}
        values = {c: tuple(_value(row[n], events.types[n]) for row in ordered) for c, n in numbers.items()}
        yield Lane(name, tuple(place(row[at]) for row in ordered), values)


def _value(text: str | None, kind: str) -> str:
    return LEVELS.get(text or "") or cell(text, kind)


@dataclass(frozen=True, slots=True)
class Frame:
    """The measures of a lane: cells left of it, cells of an event, events that fit, and whether anything is cut."""

    left: int
    slot: int
    fitting: int
    room: int
    cuts: bool


def _frame(lane: Lane) -> Frame:
    names = ("expected", shorten(cell(lane.entity), LONGEST_NAME), *lane.values)
    left = max(map(cells, names)) + 2
    room = width() - len(INDENT) - left - 1
    texts = [*_labels(lane.places), *(text for values in lane.values.values() for text in values)]
    wanted = max(map(cells, texts)) + 2
    slot = max(NARROWEST, min(wanted, room // max(1, len(lane.places))))
    fitting = room // slot
    return Frame(left, slot, fitting, room, cuts=slot < wanted - 1 or fitting < len(lane.places))


def _drawn(lane: Lane, frame: Frame, example: Counterexample, declared: Timeline) -> Iterator[str]:
    yield paint(_row(shorten(cell(lane.entity), LONGEST_NAME), _labels(lane.places), frame), "bold")
    for name, values in lane.values.items():
        yield _row(name, values, frame)
    if len(lane.places) > frame.fitting:
        yield paint(f"{INDENT}({len(lane.places) - frame.fitting} later events)", "dim")
    if declared.begins or declared.entity in example.expected.columns:
        for title, rows in (("yours", example.actual), ("expected", example.expected)):
            for number, line in enumerate(_answered(rows, lane, declared, frame)):
                yield f"{INDENT}{pad('' if number else title, frame.left)}{line}".rstrip()


def _row(name: str, texts: Sequence[str], frame: Frame) -> str:
    slots = (pad(shorten(text, frame.slot - 1), frame.slot) for text in texts[: frame.fitting])
    return f"{INDENT}{pad(name, frame.left)}{''.join(slots)}".rstrip()


def _labels(places: Sequence[Place]) -> list[str]:
    """The first place in full, then how far each lies after the one before it."""
    return [gap(places[number - 1], here) if number else here.short for number, here in enumerate(places)]


def _answered(rows: Rows, lane: Lane, declared: Timeline, frame: Frame) -> list[str]:
    """One line for each row of this lane's entity: where it lies, and what is shown beside it."""
    mine = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
    if declared.entity in rows.columns:
        mine = [row for row in mine if row[declared.entity] == lane.entity]
    if not mine:
        return ["-"]
    spans = [(_span(row, lane, declared), _beside(row, declared)) for row in mine]
    spans.sort(key=lambda span: span[0] or (-1, -1))
    return [shorten(line, frame.room) for line in _packed(spans, frame.slot)]


def _beside(row: dict[str, str | None], declared: Timeline) -> str:
    """What is written beside a bar; a single value needs no name there."""
    if declared.begins and len(declared.show) == 1:
        return cell(row[declared.show[0]])
    return ", ".join(f"{name} {cell(row[name])}" for name in declared.show)


def _span(row: dict[str, str | None], lane: Lane, declared: Timeline) -> tuple[int, int] | None:
    """The first and the last event of an output row; None when it has no place among them."""
    if not declared.begins:
        return None
    begins, ends = place(row[declared.begins]), place(row[declared.ends])
    # Missing places sort last, and as one: a row without a place lies where the events have none.
    inside = [number for number, event in enumerate(lane.places) if begins.order <= event.order <= ends.last]
    return (inside[0], inside[-1]) if inside else None


def _packed(spans: Sequence[tuple[tuple[int, int] | None, str]], slot: int) -> list[str]:
    """The rows as lines: those that do not overlap share one."""
    lines: list[str] = []
    for span, words in spans:
        if span is None:
            lines.append(words or "(elsewhere)")
            continue
        first, last = span
        bar = BLOCK * (1 + slot * (last - first)) + (f" {words}" if words else "")
        fits = next((number for number, line in enumerate(lines) if cells(line) <= slot * first), None)
        if fits is None:
            lines.append(" " * (slot * first) + bar)
        else:
            lines[fits] = pad(lines[fits], slot * first) + bar
    return lines
