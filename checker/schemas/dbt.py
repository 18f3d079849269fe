"""The profile in a dbt project: its target/manifest.json, with the types of catalog.json beside it.

`unique` and `dbt_utils.unique_combination_of_columns` tests are keys, `relationships` are references,
`not_null` tests and constraints say that a column has no NULL. That one has, and that it is ordinal,
is said by the column's `meta: {laglead: {nullable: true, ordinal: true}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checker.errors import SchemaBroken
from checker.profile import ColumnProfile, Profile, TableProfile

_TABLES = ("model", "seed", "snapshot", "source")


def profile(manifest: Mapping[str, Any], catalog: Mapping[str, Any]) -> Profile:
    """The models, seeds, snapshots and sources by their names in the warehouse."""
    try:
        nodes = {**manifest["nodes"], **manifest.get("sources", {})}
        described = {key: node for key, node in nodes.items() if node["resource_type"] in _TABLES}
        tests = [node for node in nodes.values() if node["resource_type"] == "test"]
        types = {**catalog.get("nodes", {}), **catalog.get("sources", {})}
        tables = [_table(node, list(_of(key, tests)), types.get(key, {})) for key, node in described.items()]
        schemas = {str(node.get("schema") or "").lower() for node in described.values()}
    except (KeyError, TypeError, AttributeError) as error:
        raise SchemaBroken(f"not a manifest of dbt ({type(error).__name__}: {error})") from None
    return Profile({table.name: table for table in tables}, frozenset({"", "main", *schemas}))


def _of(key: str, tests: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The generic tests of a node: their names and arguments."""
    for test in tests:
        about = test.get("test_metadata")
        attached = test.get("attached_node") or next(iter(test["depends_on"]["nodes"][-1:]), None)
        if about is not None and attached == key:
            yield {"column": test.get("column_name"), **about}


def _table(node: Mapping[str, Any], tests: list[Mapping[str, Any]], types: Mapping[str, Any]) -> TableProfile:
    known = {name.lower(): column["type"] for name, column in types.get("columns", {}).items()}
    columns = {name.lower(): column for name, column in node.get("columns", {}).items()}
    keys = [(_column_name(test),) for test in tests if test["name"] == "unique"]
    keys += [
        tuple(name.lower() for name in test["kwargs"]["combination_of_columns"])
        for test in tests
        if test["name"] == "unique_combination_of_columns"
    ]
    name = node.get("alias") or node.get("identifier") or node["name"]
    return TableProfile(
        name=str(name).lower(),
        columns={
            column: _column(column, columns.get(column, {}), known.get(column), tests)
            for column in {**columns, **known}
        },
        keys=tuple(keys),
        references=tuple((_column_name(test),) for test in tests if test["name"] == "relationships"),
        keys_known=bool(keys),
    )


def _column_name(test: Mapping[str, Any]) -> str:
    return str(test["column"] or test["kwargs"]["column_name"]).lower()


def _column(name: str, raw: Mapping[str, Any], known_type: str | None, tests: list[Mapping[str, Any]]) -> ColumnProfile:
    mine = [test for test in tests if test["name"] != "unique_combination_of_columns" and _column_name(test) == name]
    said = raw.get("meta", {}).get("laglead", {})
    filled = any(test["name"] == "not_null" for test in mine)
    filled = filled or any(constraint["type"] == "not_null" for constraint in raw.get("constraints") or ())
    accepted = [test["kwargs"]["values"] for test in mine if test["name"] == "accepted_values"]
    return ColumnProfile(
        name=name,
        type=str(known_type or raw.get("data_type") or ""),
        nullable=False if filled else said.get("nullable"),
        ordinal=bool(said.get("ordinal", False)),
        values=tuple(str(value) for value in (accepted[0] if accepted else ())),
        unit=str(said.get("unit", "")),
    )
