"""The Arrow types of the tables: a DuckDB type's text becomes the type that Parquet keeps."""

from __future__ import annotations

import re
from functools import cache

import pyarrow as pa

from generator.model import Table

_PLAIN: dict[str, pa.DataType] = {
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "DOUBLE": pa.float64(),
    "INTEGER": pa.int32(),
    "SMALLINT": pa.int16(),
    "TIMESTAMPTZ": pa.timestamp("us", tz="UTC"),
    "VARCHAR": pa.string(),
}
_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")


@cache
def arrow_type(text: str) -> pa.DataType:
    """The Arrow type of a DuckDB type such as `STRUCT("key" VARCHAR, hedged BOOLEAN)[]`.

    Raises ValueError for a type that no table uses yet.
    """
    if text in _PLAIN:
        return _PLAIN[text]
    if text.endswith("[]"):
        return pa.list_(arrow_type(text.removesuffix("[]")))
    if text.startswith("STRUCT(") and text.endswith(")"):
        fields = (_name_and_type(field) for field in _split(text[len("STRUCT(") : -1]))
        return pa.struct([pa.field(name, arrow_type(type_)) for name, type_ in fields])
    if decimal := _DECIMAL.fullmatch(text):
        return pa.decimal128(int(decimal[1]), int(decimal[2]))
    raise ValueError(f"no Arrow type is known for the DuckDB type {text!r}: add it to generator/arrow.py")


@cache
def arrow_schema(table: Table) -> pa.Schema:
    """The columns of a table in order, with NOT NULL where the table says so."""
    return pa.schema([pa.field(c.name, arrow_type(c.type), nullable=c.nullable) for c in table.columns])


def _split(fields: str) -> list[str]:
    parts, depth = [""], 0
    for sign in fields:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _name_and_type(field: str) -> tuple[str, str]:
    if field.startswith('"'):
        name, _, type_ = field[1:].partition('"')
        return name, type_.strip()
    name, _, type_ = field.partition(" ")
    return name, type_.strip()
