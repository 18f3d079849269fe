"""The queries of the exercises can be mutated: they are written back as they were meant, and give enough mutants."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pytest
from folders import FOLDERS

from checker.dataset import Dataset
from checker.mutant import mutants, parse
from checker.profile import Profile
from checker.sql_writer import write
from generator.model import tables

REFERENCES = tuple(folder / "reference.sql" for folder in FOLDERS)
# What the engine calls by two names, or writes in two ways.
SYNONYMS = {
    "array_agg": "list",
    "array_contains": "list_contains",
    "length": "len",
    "listagg": "string_agg",
    "power": "pow",
    "**": "pow",
    "TEXT": "VARCHAR",
    "NULLS LAST": "ORDER_DEFAULT",
}
_TRUTHS = ("COMPARISON", "CONJUNCTION", "OPERATOR")
SILENT = {"query_location", "query_location_length", "location", "is_implicit", "is_operator"}


@cache
def engine() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    for table in tables().values():
        columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
        connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
    return connection


def meaning(sql: str) -> Any:
    """The engine's own tree of a query, without places and with one name for everything."""
    found = engine().execute("SELECT json_serialize_sql(?)", [sql]).fetchone()
    assert found is not None
    return _plain(json.loads(found[0]))


def _plain(node: Any) -> Any:
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return SYNONYMS.get(node, node) if isinstance(node, str) else node
    if node.get("type") == "JOIN" and node.get("ref_type") == "REGULAR" and _text(node.get("condition")) == "true":
        node = {**node, "ref_type": "CROSS", "condition": None}
    same = _same(node)
    if same is not None:
        return _plain(same)
    if node.get("kind") == "INTEGER":
        node = {**node, "kind": "STRING"}
    if "text" in node:
        node = {**node, "text": str(node["text"]).lower()}
    return {name: _plain(value) for name, value in node.items() if name not in SILENT}


def _same(node: dict[str, Any]) -> Any:
    """What a node is but for what changes nothing: a truth cast to a truth, VALUES in brackets."""
    if node.get("class") == "CAST" and node["child"]["class"] in _TRUTHS and "BOOLEAN" in str(node["type_expr"]):
        return {**node["child"], "alias": node["alias"]}
    if node.get("type") == "SUBQUERY" and node["alias"] == "_values":
        return node["subquery"]["node"]["from_table"]
    if node.get("type") == "EXPRESSION_LIST" and "alias" in node:
        return {"type": "EXPRESSION_LIST", "values": node["values"]}
    return _same_call(node)


def _same_call(node: dict[str, Any]) -> Any:
    """x + 0 is x, range(0, n) is range(n), if() is CASE."""
    arguments = [argument["expression"] for argument in node.get("arguments") or () if "expression" in argument]
    match node.get("function_name"), arguments:
        case "+", [value, zero] if _text(zero) == "0":
            return {**value, "alias": node["alias"]}
        case "range", [zero, _] if _text(zero) == "0":
            return {**node, "arguments": node["arguments"][1:]}
        case "if", [test, chosen, rest]:
            branch = {"when_expr": test, "then_expr": chosen}
            head = {"class": "CASE", "type": "CASE_EXPR", "alias": node["alias"]}
            return {**head, "case_checks": [branch], "else_expr": rest}
    return None


def _text(node: Any) -> str | None:
    literal = node.get("literal") if isinstance(node, dict) else None
    return None if literal is None else str(literal.get("text"))


def test_the_engine_reads_what_is_written_as_the_query_it_was() -> None:
    differing = []
    for path in REFERENCES:
        sql = path.read_text(encoding="utf-8")
        root, meant = parse(sql).root, meaning(sql)
        if any(meaning(write(root, pretty=pretty, comments=pretty)) != meant for pretty in (False, True)):
            differing.append("/".join(path.parts[-3:]))
    assert not differing


@pytest.fixture(scope="module")
def profile() -> Profile:
    described = {
        name: {
            "columns": [
                {"name": c.name, "type": c.type, "nullable": c.nullable, "values": c.values} for c in table.columns
            ],
            "keys": table.keys,
            "references": [{"columns": r.columns} for r in table.references],
        }
        for name, table in tables().items()
    }
    return Profile.from_manifest({"tables": described})


def valid(sql: str, profile: Profile) -> tuple[int, list[str]]:
    """How many mutants bind, and what the engine says of the others."""
    bound, refused = 0, []
    for mutant in mutants(sql, profile):
        try:
            engine().execute(f"EXPLAIN {mutant.sql}")
        except duckdb.Error as error:
            refused.append(f"{mutant.id}: {error}")
        else:
            bound += 1
    return bound, refused


def test_a_typical_reference_has_at_least_sixty_valid_mutants(profile: Profile) -> None:
    texts = [(folder / "reference.sql").read_text(encoding="utf-8") for folder in FOLDERS]
    typical = [sql for sql in texts if sql.count("\n") > 30][::3]
    found = [valid(sql, profile) for sql in typical]
    assert median(bound for bound, _ in found) >= 60
    assert sum(len(refused) for _, refused in found) <= sum(bound for bound, _ in found) / 10


def test_a_mutant_keeps_the_words_and_comments_of_the_reference(profile: Profile) -> None:
    path: Path = FOLDERS[0] / "reference.sql"
    sql = path.read_text(encoding="utf-8")
    comment = sql.partition("-- ")[2].partition("\n")[0]
    assert all(comment[:20] in mutant.sql for mutant in mutants(sql, profile) if mutant.step)


@pytest.mark.parametrize("schema", ["main", "worlds"])
def test_the_columns_that_a_rule_says_rise_together_do(schema: str, practice: Dataset) -> None:
    world = "world, " if schema == "worlds" else ""
    by_world = "PARTITION BY world" if world else ""
    arrivals = f"""
        SELECT ingested_at < lag(ingested_at) OVER ({by_world} ORDER BY ingest_seq) AS falls
        FROM {schema}.message_events
    """
    exchanges = f"""
        SELECT exchange_index <= lag(exchange_index) OVER (
            PARTITION BY {world}conversation_id ORDER BY turn_index
        ) AS falls
        FROM {schema}.turns WHERE role = 'user' AND conversation_id IS NOT NULL
    """
    with duckdb.connect(str(practice.native), read_only=True) as connection:
        for query in (arrivals, exchanges):
            assert connection.execute(f"SELECT count(*) FROM ({query}) WHERE falls").fetchone() == (0,)
