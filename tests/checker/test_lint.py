"""Lint as a whole: spans, suppressions, selection, texts that cannot be parsed, texts from a fuzzer."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from profiles import PROFILE, manifest
from sqlglot import exp, parse_one

from checker.lint import lint
from checker.profile import Profile
from checker.repair import apply
from checker.rule import UnknownRule, rules
from checker.verdict import Finding

CASES = Path(__file__).parent / "rules" / "cases"
EXERCISES = Path(__file__).parents[2] / "exercises"
NO_ORDER = "lag(risk) OVER (PARTITION BY conversation_id)"


def spanned(sql: str, finding: Finding) -> str:
    """The text of a finding, cut out as an editor would: by lines and code points."""
    lines = sql.replace("\r\n", "\n").split("\n")[finding.line - 1 : finding.end_line]
    lines[-1] = lines[-1][: finding.end_column - 1]
    lines[0] = lines[0][finding.column - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "'😀👍🏽', ",
        "\t\t",
        "'e\u0301', /* 😀 */ ",
        "\r\n\t1 AS one, -- 😀\r\n  ",
        "\n\n",
        "$$ it's 😀 $$, ",
        '"a😀", ',
    ],
    ids=["plain", "emoji", "tabs", "combining", "crlf", "lines", "dollars", "quoted"],
)
def test_a_span_is_counted_in_lines_and_code_points(before: str) -> None:
    sql = f"SELECT {before}{NO_ORDER} FROM turns"
    (finding,) = lint(sql).findings
    assert spanned(sql, finding) == NO_ORDER


def test_a_span_may_cover_several_lines() -> None:
    call = "lag(risk) OVER (\n    PARTITION BY conversation_id\n)"
    (finding,) = lint(f"SELECT\n  {call} AS b FROM turns").findings
    assert spanned(f"SELECT\n  {call} AS b FROM turns", finding) == call


def test_findings_come_in_the_order_of_the_text() -> None:
    sql = "SELECT risk = NULL,\n row_number() OVER (), 1 = NULL,\n lag(risk) OVER () FROM turns"
    positions = [(f.line, f.column) for f in lint(sql, PROFILE).findings]
    assert positions == sorted(positions)
    assert len(positions) == 4


def test_every_statement_of_a_text_is_linted() -> None:
    assert [f.line for f in lint("SELECT 1 = NULL;\nSELECT 2 = NULL").findings] == [1, 2]


def test_an_allowed_finding_is_not_reported() -> None:
    assert lint(f"SELECT {NO_ORDER} -- allow: lag_without_order (any order will do)\nFROM turns").findings == ()


def test_an_id_allows_as_a_name_does() -> None:
    assert lint(f"SELECT {NO_ORDER} -- allow: WIN003 (any order will do)\nFROM turns").findings == ()


def test_an_allowance_holds_on_its_line_alone() -> None:
    sql = f"SELECT 1, -- allow: lag_without_order (not here)\n{NO_ORDER} FROM turns"
    assert [f.name for f in lint(sql).findings] == ["unused_suppression", "lag_without_order"]


def test_an_unknown_allowance_names_the_nearest_rule() -> None:
    (finding,) = lint("SELECT 1 -- allow: lag_without_ordr (oops)").findings
    assert finding.name == "unknown_suppression"
    assert "lag_without_order" in finding.message
    assert (finding.line, finding.column) == (1, 10)


def test_an_allowance_without_a_reason_asks_for_one() -> None:
    (finding,) = lint(f"SELECT {NO_ORDER} -- allow: lag_without_order\nFROM turns").findings
    assert finding.name == "suppression_without_reason"


def test_an_allowance_inside_a_string_is_text() -> None:
    assert lint("SELECT '-- allow: nonsense (x)', \"-- allow: nonsense\"").findings == ()


def test_an_allowance_of_a_rule_that_did_not_run_is_not_called_unused() -> None:
    sql = "SELECT 1 -- allow: equals_null (kept)"
    assert [f.name for f in lint(sql).findings] == ["unused_suppression"]
    assert lint(sql, ignore=["NUL001"]).findings == ()


def test_rules_are_chosen_by_id_or_name() -> None:
    sql = f"SELECT {NO_ORDER}, 1 = NULL FROM turns"
    assert [f.rule for f in lint(sql, select=["nul001"]).findings] == ["NUL001"]
    assert [f.rule for f in lint(sql, ignore=["equals_null"]).findings] == ["WIN003"]
    with pytest.raises(UnknownRule, match="equals_null"):
        lint(sql, select=["equal_null"])


def test_a_parse_error_is_told_with_its_place_and_nothing_else_is() -> None:
    result = lint("SELECT 1 = NULL,\n  '😀', a + FROM turns", PROFILE)
    assert result.findings == ()
    assert result.error is not None
    assert result.error.line == 2
    assert result.error.message


def test_values_of_unequal_length_are_linted() -> None:
    assert [f.rule for f in lint("SELECT x = NULL FROM (VALUES (1, 2), (3)) AS t(x, y)", PROFILE).findings] == [
        "NUL001"
    ]


def test_a_template_is_called_one() -> None:
    for sql in (
        "{{ config(materialized='table') }}\nSELECT * FROM {{ ref('orders') }}",
        "SELECT 1 {% if x %} a b {% endif %}",
    ):
        error = lint(sql, PROFILE).error
        assert error is not None
        assert "template" in error.message


def test_an_open_string_is_told_with_the_end_of_the_text() -> None:
    result = lint("SELECT 'open")
    assert result.error is not None
    assert (result.error.line, result.error.column) == (1, 13)


@pytest.mark.parametrize("sql", ["", "  \n", "-- only a comment\n", ";;", "\ufeffSELECT 1"])
def test_a_text_without_a_statement_has_no_findings(sql: str) -> None:
    assert lint(sql, PROFILE).findings == ()


@pytest.mark.parametrize(
    "sql",
    [
        "(" * 50_000,
        "SELECT " + "(" * 50_000 + "1" + ")" * 50_000,
        "SELECT " + "NOT " * 50_000 + "1",
        "SELECT " + "[" * 50_000,
        "SELECT " + " -" * 50_000 + "1",
        "SELECT " + "CASE WHEN 1 THEN " * 5_000,
        "SELECT 1 WHERE " + "a = 1 AND " * 3_000 + "a <> NULL",
        "SELECT avg(" + "1 + " * 10_000 + "1)",
        "SELECT " + "risk || " * 5_000 + "'x' FROM turns",
        "SELECT 1 AS a " + "UNION ALL SELECT 1 AS a " * 2_000,
        "SELECT j" + " -> 'k'" * 1_000,
        "SELECT xs" + "[1]" * 10_000,
        "SELECT 1 FROM turns WHERE risk IN (" + "'a', " * 10_000 + "'b')",
    ],
    ids=[
        "brackets",
        "closed brackets",
        "not",
        "lists",
        "minus",
        "case",
        "and",
        "plus",
        "pipes",
        "union",
        "arrow",
        "positions",
        "in",
    ],
)
def test_a_text_of_any_depth_gives_findings_or_an_error(sql: str) -> None:
    result = lint(sql, PROFILE)
    assert result.error is not None or all(f.line == 1 for f in result.findings)


def test_aliases_that_build_on_each_other_cost_what_they_are_long() -> None:
    chain = "".join(f", a{n} + a{n} AS a{n + 1}" for n in range(100))
    assert lint(f"SELECT 1 AS a0{chain}, a100 = NULL FROM turns", PROFILE).findings


def test_aliases_that_swap_two_columns_of_an_unknown_table_are_linted() -> None:
    sql = "SELECT a AS b, b AS a, a = NULL FROM anywhere WHERE a > 1 QUALIFY lag(a) OVER (ORDER BY b) > 1"
    result = lint(sql, PROFILE, select=["NUL001"])
    assert result.error is None
    assert [f.rule for f in result.findings] == ["NUL001"]


def mutated(sql: str, stream: random.Random) -> str:
    """The text with some words dropped, doubled, swapped or replaced by another's."""
    words = sql.split(" ")
    for _ in range(stream.randint(1, 5)):
        at = stream.randrange(len(words))
        match stream.randrange(5):
            case 0:
                words[at] = ""
            case 1:
                words.insert(at, words[stream.randrange(len(words))])
            case 2:
                other = stream.randrange(len(words))
                words[at], words[other] = words[other], words[at]
            case 3:
                words[at] = stream.choice(["NULL", "*", "(", ")", "OVER ()", "UNION", "lag(x)", "😀", "''", ",", "t."])
            case _:
                cut = stream.randrange(len(words[at]) + 1)
                words[at] = words[at][cut:] + words[at][:cut]
    return " ".join(words)


def scratched(sql: str, stream: random.Random) -> str:
    """The text with some characters dropped, added or replaced."""
    letters = list(sql)
    for _ in range(stream.randint(1, 4)):
        at = stream.randrange(len(letters) + 1)
        letters[at : at + stream.randint(0, 2)] = stream.choice([*"()[]{}'\",.;*-<>=:$ 0\né😀", ""])
    return "".join(letters)


def grafted(sql: str, stream: random.Random, pool: list[exp.Expr]) -> str:
    """The statement with some of its expressions replaced by those of others: it still parses, and means nothing."""
    tree = parse_one(sql, dialect="duckdb")
    for _ in range(stream.randint(1, 3)):
        places = [node for node in tree.find_all(exp.Condition) if node.parent is not None]
        if places:
            stream.choice(places).replace(stream.choice(pool).copy())
    return tree.sql(dialect="duckdb")


def tell_all_or_an_error(sql: str, profile: Profile | None) -> bool:
    """Lint with every rule and make every repair: nothing but findings within the text, or an error."""
    result = lint(sql, profile, preview=True)
    lines = sql.count("\n") + 1
    assert all(1 <= f.line <= f.end_line <= lines and f.column >= 1 for f in result.findings), sql
    assert apply(sql, result.findings, unsafe=True) is not None
    return result.error is None


def test_ten_thousand_damaged_statements_give_findings_or_an_error() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted([*CASES.glob("*.sql"), *EXERCISES.glob("*/*/*.sql")])]
    texts += [block for rule in rules() for block in re.findall(r"(?:^    .*\n)+", rule.page, re.MULTILINE)]
    stream = random.Random(2)
    parsed = 0
    for number in range(9_000):
        sql = (mutated if number % 3 else scratched)(texts[number % len(texts)], stream)
        parsed += tell_all_or_an_error(sql, PROFILE if number % 2 else None)
    assert parsed > 900
    whole = [path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.sql"))]
    pool = [node for sql in whole for node in parse_one(sql, dialect="duckdb").find_all(exp.Condition)]
    for number in range(1_000):
        parsed += tell_all_or_an_error(grafted(whole[number % len(whole)], stream, pool), PROFILE)
    assert parsed > 1_700


def test_without_a_profile_the_rules_that_need_it_are_silent() -> None:
    sql = "SELECT row_number() OVER (ORDER BY created_at), avg(risk) FROM turns WHERE a NOT IN (SELECT b FROM c)"
    assert lint(sql).findings == ()


def test_a_profile_without_the_table_says_nothing_of_it() -> None:
    known = Profile.from_manifest({"tables": {"turns": manifest()["tables"]["turns"]}})
    assert lint("SELECT *, row_number() OVER (ORDER BY acted_at) FROM enforcement_actions", known).findings == ()


def test_linting_loads_the_parser_and_nothing_heavy() -> None:
    program = (
        "import sys; from checker.lint import lint; lint('SELECT 1 = NULL'); "
        "print([m for m in ('duckdb', 'polars', 'numpy', 'pyarrow', 'rich', 'typer', 'generator') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
