"""Every rule's page: its examples fire and stay quiet, and DuckDB shows the effect it declares."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest
from profiles import PROFILE

from checker import rules as folder
from checker.lint import lint
from checker.repair import repair
from checker.rule import Repair, Rule, catalogue_markdown, explain, rules
from checker.verdict import Confirmation, Proof, Rows, Severity
from checker.witness import of_error, witnessed

LABEL = re.compile(r"^(Setup|Fires|Quiet):$", re.MULTILINE)
EFFECT = re.compile(r"^Effect: (differs|error|same \(.+\))$", re.MULTILINE)
LEAST_CONFIRMED = 0.8
CARETS = re.compile(r"^-- +(\^+)$")


@dataclass(frozen=True)
class Page:
    setup: str
    fires: str
    quiet: str
    effect: str
    span: tuple[int, int, int, int]


def read(rule: Rule) -> Page:
    """The blocks of a rule's page; the span is marked by carets under its line."""
    blocks: dict[str, str] = {}
    for match in LABEL.finditer(rule.page):
        lines = []
        for line in rule.page[match.end() :].lstrip("\n").splitlines():
            if line and not line.startswith("    "):
                break
            lines.append(line[4:])
        blocks[match[1]] = "\n".join(lines).strip("\n")
    effect = EFFECT.search(rule.page)
    assert effect is not None, f"{rule.id} declares no Effect"
    kept: list[str] = []
    span = None
    for line in blocks["Fires"].splitlines():
        marked = CARETS.match(line)
        if marked is None:
            kept.append(line)
        else:
            span = (len(kept), marked.start(1) + 1, len(kept), marked.end(1) + 1)
    assert span is not None, f"{rule.id} marks no span"
    return Page(blocks["Setup"], "\n".join(kept), blocks["Quiet"], effect[1], span)


def outcome(page: Page, sql: str) -> Counter[str] | str:
    """The rows as a bag, or the error's class."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(page.setup)
        try:
            return Counter(repr(row) for row in connection.execute(sql).fetchall())
        except duckdb.Error as error:
            return type(error).__name__


LOUD = [rule.id for rule in rules() if not rule.preview and rule.severity is not Severity.INFO]


@pytest.fixture(autouse=True)
def _somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Setups that write files write them here."""
    monkeypatch.chdir(tmp_path)


each_rule = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)


@each_rule
def test_the_bad_example_fires_this_rule_alone_on_the_marked_span(rule: Rule) -> None:
    page = read(rule)
    findings = lint(page.fires, PROFILE, select=[*LOUD, rule.id]).findings
    assert [(f.rule, f.line, f.column, f.end_line, f.end_column) for f in findings] == [(rule.id, *page.span)]


@each_rule
def test_the_good_example_is_quiet(rule: Rule) -> None:
    result = lint(read(rule).quiet, PROFILE, select=[*LOUD, rule.id])
    assert result.error is None
    assert result.findings == ()


@each_rule
def test_the_engine_shows_the_declared_effect(rule: Rule) -> None:
    page = read(rule)
    bad, good = outcome(page, page.fires), outcome(page, page.quiet)
    assert isinstance(good, Counter), good
    if page.effect == "differs":
        assert isinstance(bad, Counter)
        assert bad != good
    elif page.effect == "error":
        assert isinstance(bad, str)
    else:
        assert bad == good


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.repair is not None], ids=lambda rule: rule.name)
def test_a_repair_gives_what_the_good_example_gives_and_leaves_nothing_to_repair(rule: Rule) -> None:
    page = read(rule)
    repaired = repair(page.fires, PROFILE, [rule], unsafe=True)
    assert repaired != page.fires
    assert outcome(page, repaired) == outcome(page, page.quiet)
    assert lint(repaired, PROFILE, select=[rule.id]).findings == ()
    assert repair(repaired, PROFILE, [rule], unsafe=True) == repaired
    assert (repair(page.fires, PROFILE, [rule]) == repaired) is (rule.repair is Repair.SAFE)


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.proof is not None], ids=lambda rule: rule.name)
def test_a_rule_is_confirmed_on_its_bad_example_by_what_it_says(rule: Rule) -> None:
    page = read(rule)
    (finding,) = lint(page.fires, PROFILE, select=[rule.id]).findings
    match rule.proof:
        case Proof.REPAIR:
            (confirmed,) = witnessed([finding], page.fires, lambda sql: shown(page, sql))
            assert confirmed.confirmed is Confirmation.WITNESSED
            assert confirmed.witness.startswith("only ")
        case Proof.ORDER:
            assert outcome(page, page.fires) != outcome(
                replace(page, setup=page.setup + reversed_tables(page)), page.fires
            )
        case Proof.ERROR:
            assert isinstance(outcome(page, page.fires), str)
            assert of_error([finding], finding.line)[0].confirmed is Confirmation.WITNESSED
    assert rule.proof is not None
    assert f"`check` confirms it by {rule.proof.value}" in explain(rule.name)


def shown(page: Page, sql: str) -> Rows | None:
    """The rows of a query on the page's tables, None when it does not run."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(page.setup)
        try:
            found = connection.execute(sql)
        except duckdb.Error:
            return None
        names = tuple(column[0] for column in found.description or ())
        cells = [tuple(None if cell is None else str(cell) for cell in row) for row in found.fetchall()]
        return Rows(names, ("VARCHAR",) * len(names), tuple(cells))


def reversed_tables(page: Page) -> str:
    """Statements that store the page's tables again with their last row first."""
    names = re.findall(r"CREATE TABLE (\w+)", page.setup)
    return "".join(f";CREATE OR REPLACE TABLE {n} AS SELECT * FROM {n} ORDER BY rowid DESC" for n in names)


def test_most_errors_and_warnings_can_be_confirmed() -> None:
    loud = [rule for rule in rules() if rule.severity is not Severity.INFO and not rule.preview]
    assert sum(rule.proof is not None for rule in loud) >= LEAST_CONFIRMED * len(loud)


@each_rule
def test_a_page_says_why_when_to_allow_it_and_its_source(rule: Rule) -> None:
    for part in ("**Why it bites.**", "\nAllow it ", "\nSource: "):
        assert part in rule.page
    assert explain(rule.name).startswith(f"# {rule.id} {rule.name}\n")
    assert rule.summary in catalogue_markdown()


def test_ids_and_names_are_unique() -> None:
    assert len({rule.id for rule in rules()}) == len({rule.name for rule in rules()}) == len(rules()) >= 12


@each_rule
def test_a_rule_does_not_know_its_siblings(rule: Rule) -> None:
    source = (Path(folder.__path__[0]) / f"{rule.name}.py").read_text(encoding="utf-8")
    assert "checker.rules" not in source


def test_a_rule_is_added_by_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = (Path(folder.__path__[0]) / "equals_null.py").read_text(encoding="utf-8")
    (tmp_path / "dropped_in.py").write_text(source.replace("NUL001", "NEW001"), encoding="utf-8")
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(tmp_path)])
    rules.cache_clear()
    try:
        assert [f.rule for f in lint("SELECT 1 = NULL").findings] == ["NEW001", "NUL001"]
        assert "NEW001 dropped_in" in catalogue_markdown()
    finally:
        rules.cache_clear()
        sys.modules.pop("checker.rules.dropped_in", None)
