"""The child's part of the cost verdict: run the query once on a log grown so many times, and say what it took.

A grown log keeps its users and conversations and lengthens their histories: every copy of a row is later,
and has an identifier of its own. So whatever compares the rows of one conversation with each other shows.
"""

from __future__ import annotations

import json
import time
from typing import Any

from checker import engine
from checker.answers import Answers
from checker.canonical import quote
from checker.engine import ISOLATED_SOURCE
from checker.sql_text import statement

TARGET = "laglead_grown"


def measured(work: Answers, factor: int, tables: list[dict[str, Any]], share: int) -> dict[str, Any]:
    """{cpu_seconds, rows, operators: [[type, what it works on, seconds, rows]]} of the query on the grown log.

    `tables` say for each table {name, sampled_by, grows, columns: [[name, kept | later | other | further]]}.
    """
    connection = engine.connect_isolated(work.database)
    work.connections.append(connection)
    named = work.database.named_in(work.query)
    for table in tables:
        if table["name"] in named:
            connection.execute(_grown(table, factor if table["grows"] else 1, share))
    connection.execute(f"DETACH {ISOLATED_SOURCE}")
    connection.execute("SET enable_profiling = 'no_output'")
    engine.lock(connection)
    started = time.process_time()
    engine.run(connection, statement("grown", target=TARGET, query=work.query), work.query)
    spent = time.process_time() - started
    profile = json.loads(connection.get_profiling_information(format="json"))
    return {
        "cpu_seconds": spent,
        "rows": int(profile["query"]["total_intermediate_rows"]),
        "operators": [_operator(node) for node in _nodes(profile["operator"])],
    }


def _grown(table: dict[str, Any], factor: int, share: int) -> str:
    columns = ", ".join(_column(name, change) for name, change in table["columns"])
    return statement(
        "grown_table",
        table=quote(table["name"]),
        columns=columns,
        source=f"{ISOLATED_SOURCE}.main.{quote(table['name'])}",
        factor=str(int(factor)),
        sample=_sample(table["sampled_by"], share),
    )


def _column(name: str, change: str) -> str:
    column = quote(name)
    changed = {
        "kept": column,
        "later": f"{column} + to_days(CAST(200 * laglead_copy AS INTEGER))",
        "other": f"CASE WHEN laglead_copy = 0 THEN {column} ELSE {column} || '~' || laglead_copy END",
        "further": f"{column} + 100000 * laglead_copy",
    }
    return f"{changed[change]} AS {column}"


def _sample(column: str | None, share: int) -> str:
    return "true" if column is None else f"coalesce(hash({quote(column)}) % {int(share)} = 0, true)"


def _nodes(operators: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for operator in operators:
        found += [operator, *_nodes(operator.get("children", []))]
    return found


def _operator(node: dict[str, Any]) -> list[Any]:
    told = node.get("extra_info", {})
    about = next((told[key] for key in ("Conditions", "Aggregates", "Table", "Projections") if key in told), "")
    words = " and ".join(map(str, about)) if isinstance(about, list) else str(about)
    return [str(node["type"]), words[:200], float(node["timing"]), int(node["intermediate_rows"])]
