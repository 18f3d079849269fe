"""A hash of the values of tables, not of their bytes on disk: the same for every library version."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def digest(parts: Mapping[str, pa.Table]) -> str:
    """SHA-256 over names, columns, NULLs and values, in row order, tables by name; hex digits."""
    state = hashlib.sha256()
    for name in sorted(parts):
        for field, column in zip(parts[name].schema, parts[name].itercolumns(), strict=True):
            state.update(f"{name}.{field.name} {len(column)}\n".encode())
            whole = column.combine_chunks()
            _update(state, whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole)
    return state.hexdigest()


def _update(state: hashlib._Hash, values: pa.Array) -> None:
    kind = values.type
    state.update(_bytes(pc.cast(values.is_valid(), pa.int8())))
    if pa.types.is_list(kind):
        state.update(_bytes(pc.fill_null(pc.list_value_length(values), 0)))
        _update(state, pc.list_flatten(values))
    elif pa.types.is_struct(kind):
        for position in range(kind.num_fields):
            _update(state, pc.struct_field(values, position))
    elif pa.types.is_floating(kind):
        state.update(_bytes(pc.fill_null(values, 0.0)))
    elif pa.types.is_integer(kind) or pa.types.is_timestamp(kind) or pa.types.is_boolean(kind):
        state.update(_bytes(pc.fill_null(pc.cast(values, pa.int64()), 0)))
    else:
        texts = pc.fill_null(pc.cast(values, pa.string()), "")
        state.update(_bytes(pc.binary_length(texts)))
        state.update("".join(texts.to_pylist()).encode())


def _bytes(values: pa.Array) -> bytes:
    return np.ascontiguousarray(values.to_numpy(zero_copy_only=False)).tobytes()
