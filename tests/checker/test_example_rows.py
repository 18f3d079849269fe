"""What an example shows of its rows: the tables that are read, and of nested values the fields that are."""

from __future__ import annotations

import duckdb
import pytest

from checker.identifiers import identifiers
from checker.shown import brief

CLAIMS = 'STRUCT("key" VARCHAR, "value" VARCHAR, unit VARCHAR)[]'


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("FROM turns -- not users", {"from", "turns"}),
        ("FROM turns /* nor\nusers */ t", {"from", "turns", "t"}),
        ("SELECT 'users', $$labels$$ FROM \"Turns\"", {"select", "from", "turns"}),
        ("SELECT count(*) AS users FROM turns", {"select", "count", "from", "turns"}),
        ("WITH users AS (FROM turns) FROM users", {"with", "users", "as", "from", "turns"}),
        ("SELECT 'it''s -- no comment', a", {"select", "a"}),
    ],
)
def test_a_name_in_a_comment_a_text_or_an_alias_is_not_read(sql: str, named: set[str]) -> None:
    assert identifiers(sql) == named


@pytest.mark.parametrize(
    ("kind", "value", "names", "shown"),
    [
        (CLAIMS, "[{'key': 'a', 'value': '1', 'unit': NULL}]", {"key", "unit"}, "[{'key': a, 'unit': NULL}]"),
        (CLAIMS, "[NULL, {'key': 'a', 'value': '1', 'unit': 'm'}]", {"unit"}, "[NULL, {'unit': m}]"),
        (CLAIMS, "[]", {"key"}, "[]"),
        (CLAIMS, "NULL", {"key"}, None),
        (CLAIMS, "[{'key': 'a', 'value': '1', 'unit': 'm'}]", {"turns"}, "[{'key': a, 'value': 1, 'unit': m}]"),
        ('STRUCT("self-harm" INTEGER, b INTEGER)', "{'self-harm': 1, 'b': 2}", {"b"}, "{'b': 2}"),
        ("STRUCT(a STRUCT(b INTEGER), c INTEGER)", "{'a': {'b': 1}, 'c': 2}", {"a"}, "{'a': {'b': 1}}"),
        ("VARCHAR", "'a'", {"a"}, "a"),
    ],
)
def test_nested_values_keep_the_fields_that_are_named(
    kind: str, value: str, names: set[str], shown: str | None
) -> None:
    with duckdb.connect() as connection:
        connection.execute(f'CREATE TABLE t AS SELECT {value}::{kind} AS "c c"')
        found = connection.execute(f"SELECT ({brief('c c', kind, frozenset(names))})::VARCHAR FROM t").fetchone()
    assert found == (shown,)
