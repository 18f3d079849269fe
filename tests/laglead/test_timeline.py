"""The line of time of an example: events in their order, exact gaps, bars where the answers put their rows."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import miniature
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import ExerciseError
from checker.exercise import load
from checker.timeline import Timeline
from checker.verdict import Counterexample, Rows
from laglead import curriculum
from laglead.cellview import Look, records
from laglead.moments import duration, gap, place
from laglead.terminal import WIDTH, cells
from laglead.timeline import draw

SILENCES = Timeline("turns", "user", "at", ("risk",), "from", "to", ("no",))


Row = tuple[str | None, ...]


def example(events: list[Row], yours: list[Row]) -> Counterexample:
    turns = Rows(("user", "at", "risk"), ("VARCHAR", "TIMESTAMPTZ", "VARCHAR"), tuple(events))
    result = ("user", "from", "to", "no"), ("VARCHAR", "TIMESTAMPTZ", "TIMESTAMPTZ", "INTEGER")
    return Counterexample("world 1", {"turns": turns}, Rows(*result, tuple(yours)), Rows(*result, ()))


def drawn(shown: Counterexample) -> list[str]:
    found = draw(shown, SILENCES, {"turns": (0, 1, 2)})
    assert found is not None
    return list(found.lines)


def test_events_stand_in_order_with_their_gaps_and_bars_reach_from_first_to_last() -> None:
    events = [
        ("u1", "2026-03-02 10:30:00.000001+00", "high"),
        ("u1", "2026-03-02 10:00:00+00", "low"),
        ("u1", "2026-03-04 10:30:00.000001+00", None),
    ]
    yours = [
        ("u1", "2026-03-04 10:30:00.000001+00", "2026-03-04 10:30:00.000001+00", "2"),
        ("u1", "2026-03-02 10:00:00+00", "2026-03-02 10:30:00.000001+00", "1"),
    ]
    assert drawn(example(events, yours)) == [
        "    u1        03-02 10:00:00      +30 min 0.000001 s  +2 d",
        "    risk      ▂ low               █ high              NULL",
        "    yours     █████████████████████ 1                 █ 2",
        "    expected  -",
    ]


def test_each_entity_has_a_lane_and_a_missing_one_is_null() -> None:
    events = [("u2", "2026-03-02 10:00:00+00", "low"), (None, "2026-03-02 10:00:00+00", "low")]
    lines = drawn(example(events, [("u2", None, None, "1")]))
    assert [line.split()[0] for line in lines] == [
        "u2",
        "risk",
        "yours",
        "expected",
        "NULL",
        "risk",
        "yours",
        "expected",
    ]
    assert lines[2].split() == ["yours", "1"]


def test_a_row_without_a_place_lies_where_the_events_have_none() -> None:
    lines = drawn(example([("u1", None, "low"), ("u1", "2026-03-02 10:00:00+00", "low")], [("u1", None, None, "2")]))
    assert lines[0].index("NULL") == lines[2].index("█")


def test_spaces_that_tell_something_are_never_lost_where_rows_stand_as_words() -> None:
    values = ("' paris '" + " and so on" * 20, "a  b", "2026-03-02 10:00:00+00", " x")
    kinds = ("VARCHAR", "VARCHAR", "TIMESTAMPTZ", "VARCHAR")
    shown = records(Rows(("long", "double", "at", "padded"), kinds, (values,)), Look()).lines
    text = "\n".join(shown)
    assert max(map(cells, shown)) <= WIDTH
    for part in ("' paris '", "'a  b'", "2026-03-02 10:00:00Z", "' x'"):
        assert part in text


def test_nothing_is_drawn_without_a_declaration_or_its_columns() -> None:
    assert draw(example([("u1", None, None)], []), None, {}) is None
    other = Timeline("turns", "conversation_id", "at")
    assert draw(example([("u1", None, None)], []), other, {"turns": (0,)}) is None
    assert draw(example([], []), Timeline("users", "user", "at"), {"turns": ()}) is None


words = st.none() | st.text(alphabet="aé日本語 '😀\n9", max_size=40)
times = st.none() | st.datetimes().map(lambda at: f"{at.isoformat(' ')}+00") | st.integers().map(str) | words


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(words, times, words), min_size=1, max_size=12),
    st.lists(st.tuples(words, times, times, words), max_size=5),
)
def test_no_line_is_longer_than_the_screen(
    events: list[tuple[str | None, ...]], yours: list[tuple[str | None, ...]]
) -> None:
    for entity in ("u1", None):
        own = [(entity, *row[1:]) for row in yours]
        lines = drawn(example([(entity, *events[0][1:]), *events[1:]], [*own, *yours]))
        assert max(map(cells, lines)) <= WIDTH


@pytest.mark.parametrize(
    ("microseconds", "words"),
    [
        (0, "0 s"),
        (1, "0.000001 s"),
        (1_800_000_000, "30 min"),
        (1_800_000_001, "30 min 0.000001 s"),
        (90_061_500_000, "1 d 1 h 1 min 1.5 s"),
    ],
)
def test_a_length_of_time_is_exact(microseconds: int, words: str) -> None:
    assert duration(microseconds) == words


def test_a_clock_that_goes_back_has_a_gap_below_zero() -> None:
    late, early = place("2026-03-02 10:00:05+00"), place("2026-03-02 10:00:00.004+00")
    assert gap(late, early) == "-4.996 s"
    assert gap(late, early, 10_000) == "-5 s"


def test_numbers_have_no_gaps_and_days_last_until_midnight() -> None:
    assert gap(place("1"), place("10")) == "10"
    assert place("9").order < place("10").order < place(None).order
    day, late = place("2026-03-02"), place("2026-03-02 23:59:59.999999+00")
    assert day.order < late.order <= day.last < place("2026-03-03 00:00:00+00").order


TIMELINE = '[timeline]\nentity = "conversation_id"\nat = "created_at"\n'
BROKEN = {
    "an unknown key": (TIMELINE + 'colour = "red"\n', "unknown key 'colour' in \\[timeline\\]"),
    "no entity": ('[timeline]\nat = "created_at"\n', "the key 'entity' is missing in \\[timeline\\]"),
    "another table": (TIMELINE + 'table = "users"\n', "'table' is 'users'; allowed: turns"),
    "no output column": (TIMELINE + 'from = "began_at"\n', "'from' names 'began_at', which is no output column"),
    "an end without a beginning": (TIMELINE + 'to = "turns"\n', "'to' needs 'from'"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_declaration_is_named_with_its_line(what: str, tmp_path: Path) -> None:
    declaration, problem = BROKEN[what]
    copy = tmp_path / "20_words" / "10_last_words"
    shutil.copytree(miniature.CURRICULUM / "20_words" / "10_last_words", copy)
    file = copy / "exercise.md"
    file.write_text(file.read_text().replace("[[hint]]", declaration + "\n[[hint]]", 1))
    with pytest.raises(ExerciseError, match=problem) as found:
        load(copy)
    assert found.value.line > 1


def test_every_declared_column_is_one_of_its_table() -> None:
    tables = Path(__file__).parents[2] / "generator" / "tables"
    for exercise in curriculum.exercises():
        declared = exercise.timeline
        if declared is not None:
            raw = tomllib.loads((tables / f"{declared.table}.toml").read_text())
            names = {column["name"] for column in raw["columns"]}
            assert {declared.entity, declared.at, *declared.values} <= names, exercise.id


def test_sessions_and_escalations_have_a_line_of_time() -> None:
    tracks = ("sessionization", "escalation")
    assert [e.id for e in curriculum.exercises() if e.track in tracks and e.timeline is None] == []
