"""Answers in a warehouse's dialect: translated faithfully and judged, or refused with the reason and the place.

tests/laglead/dialects/<dialect>/<exercise>.sql holds right answers as people at that warehouse would write them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checker.check import check
from checker.dataset import open_dataset
from checker.dialect import Dialect, dialects, named
from checker.nursery import nursery
from checker.translation import Translated, Untranslated, translate
from checker.verdict import Broken, Differs, Passed, Refused, Report
from laglead import curriculum

FOLDER = Path(__file__).with_name("dialects")
ANSWERS = sorted(FOLDER.glob("*/*.sql"))
BY_NAME = {dialect.name: dialect for dialect in dialects()}
Judge = Callable[[str, str], Report]


@pytest.fixture(scope="module")
def judge(small_practice_log: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """The report on a text as an answer to an exercise."""
    data, scratch = open_dataset(small_practice_log), tmp_path_factory.mktemp("dialects")

    def judged(exercise: str, sql: str) -> Report:
        (scratch / "answer.sql").write_text(sql)
        return check(curriculum.find(exercise), scratch / "answer.sql", data, cache=scratch, lint=False)

    with nursery():
        yield judged


def translated(sql: str) -> Translated:
    spoken = named(sql)
    assert isinstance(spoken, Dialect), spoken
    found = translate(sql, spoken)
    assert isinstance(found, Translated), found
    return found


def test_ten_exercises_are_answered_in_three_dialects() -> None:
    found = {(path.parent.name, path.stem) for path in ANSWERS}
    names = {name for _, name in found}
    assert len(names) == 10
    assert found == {(spoken, name) for spoken in ("postgres", "snowflake", "bigquery") for name in names}


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_right_answer_in_a_dialect_passes(judge: Judge, path: Path) -> None:
    verdict = judge(path.stem, translated(path.read_text()).sql).verdict
    assert isinstance(verdict, Passed), verdict


@pytest.mark.parametrize(
    ("spoken", "exercise", "right", "wrong"),
    [
        ("postgres", "sittings_30_minutes", "<=", "<"),
        ("snowflake", "think_time", "'microsecond'", "'second'"),
        ("bigquery", "users_without_feedback", "WHERE user_ref IS NOT NULL)", ")"),
    ],
)
def test_a_wrong_answer_in_a_dialect_fails(judge: Judge, spoken: str, exercise: str, right: str, wrong: str) -> None:
    text = (FOLDER / spoken / f"{exercise}.sql").read_text()
    assert right in text
    assert isinstance(judge(exercise, text.replace(right, wrong)).verdict, Differs)


def test_an_error_points_into_the_learners_own_text(judge: Judge) -> None:
    report = judge(
        "think_time", "-- dialect: bigquery\nSELECT TIMESTAMP_DIFF(\n  completed_at, created_att, HOUR) FROM turns\n"
    )
    assert isinstance(report.verdict, Broken)
    assert report.verdict.location is not None
    assert (report.verdict.location.line, report.verdict.location.column) == (3, 17)
    assert report.sql.startswith("-- dialect")


def test_a_refusal_names_the_reason_and_the_line(judge: Judge) -> None:
    report = judge("think_time", "-- dialect: snowflake\nSELECT\n  RATIO_TO_REPORT(a) OVER ()\nFROM turns\n")
    assert isinstance(report.verdict, Refused)
    assert "RATIO_TO_REPORT" in report.verdict.message.upper()
    assert report.verdict.location is not None
    assert report.verdict.location.line == 3


@pytest.mark.parametrize(
    ("spoken", "sql", "reason"),
    [
        ("postgres", "SELECT a FROM t QUALIFY rank() OVER (ORDER BY a) = 1", "has no QUALIFY"),
        ("postgres", "SELECT a / b FROM t", "whole numbers"),
        ("postgres", "SELECT extract(second FROM a) FROM t", "EXTRACT(SECOND)"),
        ("postgres", "SELECT to_char(a, 'YYYY') FROM t", "not translated"),
        ("postgres", "SELECT a FROM t WHERE b ~ '^x'", "not translated"),
        ("postgres", 'SELECT "A", a FROM t', "two names"),
        ("postgres", "SELECT a FROM t WHERE b LIKE 'x\\_%'", "backslash"),
        ("postgres", "DELETE FROM t", "only reads"),
        ("postgres", "SELECT 1; SELECT 2", "2 statements"),
        ("postgres", "SELECT 'open FROM t", "close it"),
        ("postgres", "SELEC a FRO t", "cannot be read as PostgreSQL"),
        ("snowflake", "SELECT f.value FROM t, LATERAL FLATTEN(input => t.a) f", "not translated"),
        ("snowflake", "SELECT a:b::string FROM t", "not translated"),
        ("snowflake", "SELECT count(*) FILTER (WHERE a) FROM t", "has no FILTER"),
        ("snowflake", "SELECT convert_timezone('UTC', 'Asia/Tokyo', a) FROM t", "not translated"),
        ("snowflake", "SELECT conditional_change_event(a) OVER (ORDER BY b) FROM t", "does not know"),
        ("snowflake", "SELECT datediff('week', a, b) FROM t", "WEEK"),
        ("snowflake", "SELECT * FROM t PIVOT (sum(a) FOR b IN ('x', 'y'))", "PIVOT"),
        ("snowflake", "SELECT a FROM t SAMPLE (10)", "SAMPLE"),
        ("bigquery", "SELECT c FROM t, UNNEST(t.a) AS c WITH OFFSET AS o", "position"),
        ("bigquery", "SELECT DATE(a, 'Asia/Tokyo') FROM t", "time zone"),
        ("bigquery", "SELECT TIMESTAMP_TRUNC(a, DAY, 'Asia/Tokyo') FROM t", "time zone"),
        ("bigquery", "SELECT APPROX_QUANTILES(a, 2) FROM t", "not translated"),
        ("spark", "SELECT explode(a) FROM t LATERAL VIEW explode(b) x AS y", "LATERAL VIEW"),
        ("spark", "SELECT a FROM t WHERE b RLIKE 'x'", "not translated"),
        ("spark", "SELECT datediff(minute, a, b) FROM t", "TIMESTAMPDIFF"),
        ("databricks", "SELECT datediff(day, a, b) FROM t", "TIMESTAMPDIFF"),
    ],
)
def test_what_would_not_mean_the_same_is_refused_with_the_reason(spoken: str, sql: str, reason: str) -> None:
    found = translate(sql, BY_NAME[spoken])
    assert isinstance(found, Untranslated), found
    assert reason in found.reason


@pytest.mark.parametrize(
    ("spoken", "sql", "expected"),
    [
        ("postgres", "SELECT a FROM t ORDER BY a DESC", "SELECT a FROM t ORDER BY a DESC NULLS FIRST"),
        ("bigquery", "SELECT a FROM t ORDER BY a", "SELECT a FROM t ORDER BY a NULLS FIRST"),
        ("spark", "SELECT lag(a) OVER (ORDER BY b) FROM t", "SELECT LAG(a) OVER (ORDER BY b NULLS FIRST) FROM t"),
        ("postgres", "SELECT count(*) / 2 FROM t", "SELECT COUNT(*) // 2 FROM t"),
        ("postgres", "SELECT a::numeric / b FROM t", "SELECT CAST(a AS DOUBLE) / b FROM t"),
        ("bigquery", "SELECT a / b FROM t", "SELECT a / b FROM t"),
        ("postgres", "SELECT greatest(a, b) FROM t", "SELECT GREATEST(a, b) FROM t"),
        (
            "snowflake",
            "SELECT greatest(a, b) FROM t",
            "SELECT CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE GREATEST(a, b) END FROM t",
        ),
        ("postgres", "SELECT concat(a, b) FROM t", "SELECT CONCAT(a, b) FROM t"),
        ("snowflake", "SELECT concat(a, b) FROM t", "SELECT a || b FROM t"),
        ("snowflake", "SELECT datediff('hour', a, b) FROM t", "SELECT DATE_DIFF('HOUR', a, b) FROM t"),
        ("bigquery", "SELECT TIMESTAMP_DIFF(b, a, HOUR) FROM t", "SELECT DATE_SUB('hour', a, b) FROM t"),
        ("bigquery", "SELECT COUNTIF(a) FROM t", "SELECT COUNT(CASE WHEN a THEN 1 END) FROM t"),
        ("spark", "SELECT avg(a)::int FROM t", "SELECT TRY_CAST(TRUNC(AVG(a)) AS INT) FROM t"),
        ("snowflake", "SELECT avg(a)::int FROM t", "SELECT CAST(ROUND(AVG(a)) AS INT) FROM t"),
        (
            "snowflake",
            "SELECT last_value(a) OVER (ORDER BY b) FROM t",
            "SELECT LAST_VALUE(a) OVER (ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM t",
        ),
    ],
)
def test_what_the_warehouse_means_is_written_out(spoken: str, sql: str, expected: str) -> None:
    found = translate(sql, BY_NAME[spoken])
    assert isinstance(found, Translated), found
    assert found.sql == expected


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_place_of_a_translation_is_the_same_name_in_the_answer(path: Path) -> None:
    text = path.read_text()
    found = translated(text)
    assert len(found.places) > 5
    for there, length_there, here, length_here in found.places:
        word = found.sql[there : there + length_there].strip('"').lower()
        assert text[here : here + length_here].strip('`"').lower() == word


@pytest.mark.parametrize("exercise", curriculum.exercises(), ids=lambda exercise: exercise.id)
def test_duckdbs_own_dialect_is_left_as_it_is(exercise: curriculum.Exercise) -> None:
    for path in (exercise.reference, *exercise.right):
        text = f"-- dialect: duckdb\n{path.read_text()}"
        assert translated(text) == Translated(text, (), ())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("-- dialect: snowflak", "Did you mean snowflake?"),
        ("--dialect:", "an empty name"),
        ("-- dialect: postgres; drop", "Did you mean postgres?"),
    ],
)
def test_an_unknown_dialect_is_refused_with_the_nearest(line: str, said: str) -> None:
    found = named(f"{line}\nSELECT 1")
    assert isinstance(found, Refused)
    assert said in found.message


def test_only_the_first_line_names_a_dialect() -> None:
    assert named("SELECT 1\n-- dialect: postgres") is None
    assert named("-- Dialect : PostgreSQL \nSELECT 1") == BY_NAME["postgres"]
