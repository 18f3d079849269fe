"""Every equivalence rule's page: what it proves gives the same rows, and what it leaves alone differs."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pytest
import sqlglot

from checker import equivalence as folder
from checker.equivalences import Rule, rules
from checker.mutant import Mutant, mutants, parse
from checker.profile import ColumnProfile, Profile, TableProfile
from checker.sql_writer import write

_BLOCK = re.compile(r"^(Proves|Leaves) ([A-Z]\d\d):\n((?:    .*\n?)+)", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    rule: Rule
    proves: bool
    operator: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.rule.name}-{'proves' if self.proves else 'leaves'}-{self.operator}"


def examples() -> list[Example]:
    found = []
    for rule in rules():
        for verb, operator, block in _BLOCK.findall(rule.page):
            # Two queries in a row: the second that begins like the first at the left margin is the mutant.
            text = textwrap.dedent(block).strip()
            texts = re.split(rf"\n(?={text.split()[0]}\b)", text)
            assert len(texts) == 2, f"{rule.name}: an example is two queries"
            found.append(Example(rule, verb == "Proves", operator, *texts))
    return found


@cache
def database(setup: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(setup)
    return connection


def setup(rule: Rule) -> str:
    return textwrap.dedent(re.search(r"^Setup:\n((?:    .*\n?)+)", rule.page, re.MULTILINE)[1])  # type: ignore[index]


@cache
def profile(rule: Rule) -> Profile:
    """The schema as the setup declares it: NOT NULL, keys and types."""
    connection = database(setup(rule))
    tables: dict[str, dict[str, ColumnProfile]] = {}
    for table, column, kind, nullable in connection.execute(
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() WHERE NOT internal"
    ).fetchall():
        tables.setdefault(table, {})[column] = ColumnProfile(column, kind, nullable=nullable)
    keys = connection.execute(
        "SELECT table_name, constraint_column_names FROM duckdb_constraints() "
        "WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE')"
    ).fetchall()
    return Profile(
        {
            name: TableProfile(name, columns, keys=tuple(tuple(key) for table, key in keys if table == name))
            for name, columns in tables.items()
        }
    )


def made(example: Example) -> Mutant:
    wanted = write(parse(example.after).root)
    for mutant in mutants(example.before, profile(example.rule)):
        if mutant.operator.id == example.operator and write(sqlglot.parse_one(mutant.sql, read="duckdb")) == wanted:
            return mutant
    raise AssertionError(f"{example}: {example.operator} does not make {wanted}")


@pytest.mark.parametrize("example", examples(), ids=str)
def test_a_rule_proves_what_is_the_same_and_leaves_what_differs(example: Example) -> None:
    tree = parse(example.before, profile(example.rule))
    # The mutant must hold nodes of this very tree.
    mutant = next(m for m in mutants(tree) if m.id == made(example).id)
    assert example.rule.holds(tree, mutant) is example.proves
    rows = [
        sorted(database(setup(example.rule)).execute(sql).fetchall(), key=repr)
        for sql in (example.before, example.after)
    ]
    assert (rows[0] == rows[1]) is example.proves


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_states_its_claim_and_its_proof_and_shows_both_sides(rule: Rule) -> None:
    assert rule.claim.endswith(".")
    assert "\nProof: " in rule.page
    shown = {example.proves for example in examples() if example.rule is rule}
    assert shown == {True, False}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_does_not_know_its_siblings(rule: Rule) -> None:
    source = (Path(folder.__path__[0]) / f"{rule.name}.py").read_text(encoding="utf-8")
    assert "checker.equivalence." not in source
