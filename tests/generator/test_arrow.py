"""The Arrow types say what the DuckDB types of the tables say."""

from __future__ import annotations

import pyarrow as pa
import pytest

from generator.arrow import arrow_schema, arrow_type
from generator.model import tables


def test_nested_types_keep_their_quoted_names_and_order() -> None:
    found = arrow_type('STRUCT("self-harm" DOUBLE, details STRUCT(n BIGINT), tags VARCHAR[])[]')
    details = pa.struct([pa.field("n", pa.int64())])
    fields = [("self-harm", pa.float64()), ("details", details), ("tags", pa.list_(pa.string()))]
    assert found == pa.list_(pa.struct(fields))


def test_decimals_keep_their_width_and_scale() -> None:
    assert arrow_type("DECIMAL(10,4)") == pa.decimal128(10, 4)


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(ValueError, match="HUGEINT"):
        arrow_type("HUGEINT")


@pytest.mark.parametrize("name", sorted(tables()))
def test_a_schema_has_the_columns_in_order_and_knows_which_are_nullable(name: str) -> None:
    table = tables()[name]
    schema = arrow_schema(table)
    assert [(field.name, field.nullable) for field in schema] == [(c.name, c.nullable) for c in table.columns]
