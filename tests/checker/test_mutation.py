"""Every mutation operator's page: its mistake is made, DuckDB runs both queries, and they differ."""

from __future__ import annotations

import re
import sys
import textwrap
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import duckdb
import pytest
from profiles import PROFILE

from checker import mutation as folder
from checker.mutant import NotOneStatement, Operator, mutants, operators, parse, repairs, written
from checker.profile import ColumnProfile, Profile, TableProfile
from checker.sql_writer import write

CATALOGUE = (
    [f"W{n:02}" for n in range(1, 18)]
    + [f"N{n:02}" for n in range(1, 13)]
    + [f"J{n:02}" for n in range(1, 8)]
    + [f"P{n:02}" for n in range(1, 12)]
    + [f"A{n:02}" for n in range(1, 9)]
    + [f"C{n:02}" for n in range(1, 6)]
    + ["S01", "U01"]
)
_BLOCK = re.compile(r"^(Before|After):\n((?:    .*\n?)+)", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    setup: str
    before: str
    after: str


def read(operator: Operator) -> Page:
    """The setup of the family and the two queries of the operator."""
    family = import_module(f"checker.mutation.{operator.family}").__doc__ or ""
    blocks = {label: textwrap.dedent(sql) for label, sql in _BLOCK.findall(operator.page)}
    return Page(textwrap.dedent(family.partition("Setup:\n")[2]), blocks["Before"], blocks["After"])


@cache
def database(setup: str) -> duckdb.DuckDBPyConnection:
    """One database for all operators of a family."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(setup)
    return connection


def outcome(page: Page, sql: str) -> list[tuple[object, ...]]:
    return sorted(database(page.setup).execute(sql).fetchall(), key=repr)


@cache
def profile(page: Page) -> Profile:
    """The tables of the setup, every column nullable; the values of a text are those that are there."""
    connection = database(page.setup)
    tables: dict[str, dict[str, ColumnProfile]] = {}
    for table, column, kind in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    ).fetchall():
        rows = connection.execute(f"SELECT DISTINCT {column} FROM {table} ORDER BY 1").fetchall()
        values = tuple(row[0] for row in rows if isinstance(row[0], str))
        tables.setdefault(table, {})[column] = ColumnProfile(column, kind, nullable=True, values=values)
    return Profile({name: TableProfile(name, columns) for name, columns in tables.items()})


def edited(operator: Operator, page: Page) -> list[str | None]:
    tree = parse(page.before, profile(page))
    return [written(tree.root, edit) for edit in operator.edits(tree)]


each_operator = pytest.mark.parametrize("operator", operators(), ids=lambda operator: f"{operator.id}_{operator.name}")


def test_the_catalogue_is_whole_and_no_id_or_name_is_used_twice() -> None:
    assert [operator.id for operator in operators()] == sorted(CATALOGUE)
    assert len({operator.name for operator in operators()}) == len(operators())


@each_operator
def test_the_operator_makes_the_mistake_of_its_example(operator: Operator) -> None:
    page = read(operator)
    wanted = write(parse(page.after).root)
    assert wanted in edited(operator, page)


@each_operator
def test_the_engine_answers_differently_after_the_mistake(operator: Operator) -> None:
    page = read(operator)
    assert outcome(page, page.before) != outcome(page, page.after)


@each_operator
def test_an_inverse_takes_the_mistake_out_again(operator: Operator) -> None:
    page = read(operator)
    if operator.inverse is None:
        return
    tree = parse(page.after, profile(page))
    repaired = [written(tree.root, edit) for edit in operator.inverse(tree)]
    runs = [sql for sql in repaired if sql is not None and _runs(page, sql)]
    assert any(outcome(page, sql) == outcome(page, page.before) for sql in runs)


def _runs(page: Page, sql: str) -> bool:
    try:
        outcome(page, sql)
    except duckdb.Error:
        return False
    return True


@each_operator
def test_the_mistake_is_told_to_the_learner_in_one_sentence(operator: Operator) -> None:
    for text in filter(None, (operator.mistake, operator.as_a_repair)):
        assert text.startswith(("You ", "you "))
        assert text.endswith(".")
        assert 20 < len(text) < 160


@each_operator
def test_a_family_does_not_know_its_siblings(operator: Operator) -> None:
    source = (Path(folder.__path__[0]) / f"{operator.family}.py").read_text(encoding="utf-8")
    assert "checker.mutation" not in source


def test_a_family_is_added_by_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = (Path(folder.__path__[0]) / "union.py").read_text(encoding="utf-8")
    (tmp_path / "dropped_in.py").write_text(source.replace("U01", "Z01"), encoding="utf-8")
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(tmp_path)])
    operators.cache_clear()
    try:
        assert operators()[-1].id == "Z01"
    finally:
        operators.cache_clear()
        sys.modules.pop("checker.mutation.dropped_in", None)


SQL = """
-- what a conversation looks like
with spoken as (
    select conversation_id, turn_index, lag(risk) over (partition by conversation_id order by turn_index) as before
    from turns where role = 'user' and user_id is not null
)
select conversation_id, count(*) filter (where before = 'low')::integer as n
from spoken group by conversation_id
"""


def test_formatting_and_comments_change_neither_ids_nor_mutants() -> None:
    flat = " ".join(re.sub("--.*", "", SQL).split()).replace("select", "SELECT")
    first, second = mutants(SQL, PROFILE), mutants(flat, PROFILE)
    assert [(m.id, m.before, m.after, m.step) for m in first] == [(m.id, m.before, m.after, m.step) for m in second]
    assert [write(parse(m.sql).root) for m in first] == [write(parse(m.sql).root) for m in second]


def test_no_two_mutants_are_the_same_query_and_none_is_the_original() -> None:
    texts = Counter(write(parse(mutant.sql).root) for mutant in mutants(SQL, PROFILE))
    assert max(texts.values()) == 1
    assert write(parse(SQL).root) not in texts


def test_a_mutant_says_where_it_is_and_what_changed() -> None:
    found = next(mutant for mutant in mutants(SQL, PROFILE) if mutant.operator.id == "W03")
    assert (found.step, found.line) == ("spoken", 4)
    assert (found.before.strip(), found.after.strip()) == ("ORDER BY turn_index", "")


@each_operator
def test_looking_for_edits_leaves_the_tree_as_it_was(operator: Operator) -> None:
    page = read(operator)
    for sql, edits in ((page.before, operator.edits), (page.after, operator.inverse)):
        tree = parse(sql, profile(page))
        text = write(tree.root)
        for edit in edits(tree) if edits is not None else ():
            written(tree.root, edit)
        assert write(tree.root) == text
        for node in tree.root.walk():
            assert all(child.parent is node for child in node.iter_expressions())


def test_brackets_keep_an_edited_condition_together() -> None:
    found = [m.sql for m in mutants("SELECT a FROM t WHERE a = 1 AND b = 2 AND c = 3") if m.operator.id == "P02"]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t AS SELECT * FROM (VALUES (1, 2, 0), (1, 0, 3), (0, 0, 3)) AS t(a, b, c)")
        assert sorted(len(connection.execute(sql).fetchall()) for sql in found) == [1, 3]


@pytest.mark.parametrize("sql", ["SELECT 1; SELECT 2", "SELEC 1 FRO t", "SELECT (", ""])
def test_what_is_not_one_statement_is_refused(sql: str) -> None:
    with pytest.raises(NotOneStatement):
        mutants(sql)


def test_a_repair_says_which_mistake_it_undoes() -> None:
    sql = "SELECT turn_index FROM turns WHERE risk = NULL"
    assert any(
        m.operator.id == "N07" and write(parse(m.sql).root).endswith("risk IS NULL") and m.mistake == m.operator.mistake
        for m in repairs(sql, PROFILE)
    )
