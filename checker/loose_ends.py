"""What in a query may give other rows when the same data is stored in another order, found in the engine's tree.

A loose end is {"what": a sentence, "columns": the columns that would have to be unique, or None where
they are not plain columns of a table}.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

Node = dict[str, Any]
# Ranks of ties are equal, and so are aggregates over a frame of peers: these may differ among ties.
POSITIONAL = {"row_number", "lag", "lead", "first_value", "last_value", "nth_value", "ntile", "first", "last"}
COLLECTING = {"list", "array_agg", "string_agg", "group_concat", "listagg"}
PICKING = {"first", "last", "any_value", "arbitrary", "mode"}
PICKING_BY = {"arg_min", "arg_max", "min_by", "max_by", "argmin", "argmax", "arg_min_null", "arg_max_null"}
CHANCE = {"random", "uuid", "uuidv4", "uuidv7", "gen_random_uuid"}


def find(connection: Any, query: str) -> dict[str, Any]:
    """The loose ends of a query, and whether its rows come in an order that it asks for."""
    reply = json.loads(connection.execute("SELECT json_serialize_sql(?)", [query]).fetchone()[0])
    if reply.get("error"):
        return {"loose_ends": [], "ordered": False}
    top = reply["statements"][0]["node"]
    data = query.encode()
    found = [end for node in _nodes(top) for end in _ends(node, data)]
    kinds = {modifier["type"] for modifier in top.get("modifiers", ())}
    unique = {end["what"]: end for end in found}
    return {
        "loose_ends": list(unique.values()),
        "ordered": "ORDER_MODIFIER" in kinds,
        "limited": "LIMIT_MODIFIER" in kinds,
    }


def _nodes(tree: Any) -> Iterator[Node]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting += reversed(node.values())
        elif isinstance(node, list):
            waiting += reversed(node)


def _ends(node: Node, data: bytes) -> Iterator[Node]:
    if node.get("class") == "WINDOW":
        yield from _window(node, data)
    elif node.get("class") == "FUNCTION":
        yield from _function(node, data)
    elif node.get("class") == "COLUMN_REF" and node["column_names"][-1:] == ["rowid"]:
        yield _end("rowid is a row's place in storage")
    elif node.get("ref_type") == "POSITIONAL":
        yield _end("POSITIONAL JOIN pairs rows as they are stored")
    elif node.get("type") == "SELECT_NODE":
        yield from _select(node, data)


def _window(node: Node, data: bytes) -> Iterator[Node]:
    name = str(node["function_name"]).lower()
    by_rows = "ROWS" in f"{node['start']} {node['end']}" and node["type"] == "WINDOW_AGGREGATE"
    if name not in POSITIONAL | COLLECTING | PICKING and not by_rows:
        return
    keys = [order["expression"] for order in node["orders"]]
    called = f"{name.upper()}()" + (" over a frame of rows" if by_rows else "")
    if not keys:
        yield _end(f"{called} has no ORDER BY in its window", _columns(node["partitions"]))
    else:
        yield _end(f"{called} orders by {_texts(keys, data)}, which ties", _columns([*node["partitions"], *keys]))


def _function(node: Node, data: bytes) -> Iterator[Node]:
    name = str(node["function_name"]).lower()
    keys = [order["expression"] for order in (node.get("order_bys") or {}).get("orders", ())]
    arguments = [argument.get("expression", argument) for argument in node.get("arguments", ())]
    if name in CHANCE:
        yield _end(f"{name}() gives other values at every run")
    elif name in PICKING_BY and len(arguments) > 1:
        yield _end(f"{name.upper()}() picks by {_texts(arguments[1:2], data)}, which ties")
    elif name in PICKING | COLLECTING and keys:
        yield _end(f"{name.upper()}() orders by {_texts(keys, data)}, which ties")
    elif name in PICKING | COLLECTING and len(arguments) > 0 and not node.get("distinct"):
        yield _end(f"{name.upper()}() has no ORDER BY")


def _select(node: Node, data: bytes) -> Iterator[Node]:
    modifiers = {modifier["type"]: modifier for modifier in node.get("modifiers", ())}
    keys = [order["expression"] for order in modifiers.get("ORDER_MODIFIER", {}).get("orders", ())]
    ties = f"orders by {_texts(keys, data)}, which ties" if keys else "has no ORDER BY"
    if "LIMIT_MODIFIER" in modifiers or "LIMIT_PERCENT_MODIFIER" in modifiers:
        yield _end(f"LIMIT {ties}")
    if modifiers.get("DISTINCT_MODIFIER", {}).get("distinct_on_targets"):
        yield _end(f"DISTINCT ON {ties}")
    if node.get("sample"):
        yield _end("SAMPLE picks rows by chance")


def _end(what: str, columns: Sequence[str] | None = None) -> Node:
    return {"what": what, "columns": None if columns is None else list(columns)}


def _texts(expressions: Sequence[Node], data: bytes) -> str:
    """The expressions as they stand in the query."""
    return ", ".join(_text(expression, data) for expression in expressions)


def _text(expression: Node, data: bytes) -> str:
    start, length = expression.get("query_location"), expression.get("query_location_length") or 0
    if isinstance(start, int) and 0 <= start < len(data) and length > 0:
        return " ".join(data[start : start + length].decode(errors="replace").split())[:80]
    return ".".join(expression.get("column_names", ())) or "an expression"


def _columns(expressions: Sequence[Node]) -> list[str] | None:
    if any(expression.get("class") != "COLUMN_REF" for expression in expressions):
        return None
    return [str(expression["column_names"][-1]) for expression in expressions]
