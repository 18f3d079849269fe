"""The logical hash of a table: its values in order, whatever the chunks, the compression or the library's version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


class TableDigest:
    """Hashes a table that comes in pieces, column by column; NULLs are counted on the way."""

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._leaves: dict[str, dict[str, hashlib.blake2b]] = {name: {} for name in schema.names}
        self._nulls = dict.fromkeys(schema.names, 0)
        self.rows = 0

    def update(self, piece: pa.Table) -> None:
        """Add rows after those already seen."""
        self.rows += piece.num_rows
        for name in self._schema.names:
            column = piece.column(name)
            self._nulls[name] += column.null_count
            for chunk in column.chunks:
                for path, data in _parts(chunk, ""):
                    self._leaves[name].setdefault(path, hashlib.blake2b(digest_size=16)).update(data)

    def columns(self) -> dict[str, str]:
        """The hash of each column, as hex digits."""
        return {field.name: self._column(field) for field in self._schema}

    def nulls(self) -> dict[str, int]:
        """How many NULLs each column has."""
        return dict(self._nulls)

    def _column(self, field: pa.Field) -> str:
        state = hashlib.blake2b(field.name.encode(), digest_size=16)
        for path, leaf in sorted(self._leaves[field.name].items()):
            state.update(path.encode() + leaf.digest())
        return state.hexdigest()


def combined(hashes: Iterable[str]) -> str:
    """One hash for many, in order."""
    return hashlib.blake2b("\n".join(hashes).encode(), digest_size=16).hexdigest()


def _parts(values: pa.Array, path: str) -> Iterator[tuple[str, bytes]]:
    """The bytes that tell an array's values: validity, lengths and data of each leaf, NULLs as zeros."""
    kind = values.type
    yield f"{path}?", _bytes(values.is_valid().cast(pa.uint8()))
    if pa.types.is_list(kind):
        yield f"{path}#", _bytes(pc.fill_null(pc.list_value_length(values), 0))
        yield from _parts(values.flatten(), f"{path}[]")
    elif pa.types.is_struct(kind):
        for field, child in zip(kind, values.flatten(), strict=True):
            yield from _parts(child, f"{path}.{field.name}")
    elif pa.types.is_string(kind):
        filled = pc.fill_null(values, "")
        yield f"{path}#", _bytes(pc.binary_length(filled))
        yield path, _text_bytes(filled)
    elif pa.types.is_decimal(kind):
        yield from _parts(values.cast(pa.string()), f"{path}=")
    elif pa.types.is_boolean(kind):
        yield path, _bytes(pc.fill_null(values, False).cast(pa.uint8()))
    elif pa.types.is_timestamp(kind):
        yield path, _bytes(pc.fill_null(values.cast(pa.int64()), 0))
    else:
        yield path, _bytes(pc.fill_null(values, 0))


def _text_bytes(values: pa.StringArray) -> bytes:
    """The characters of all texts, one after the other."""
    _, offsets, data = values.buffers()
    if data is None or len(values) == 0:
        return b""
    bounds = np.frombuffer(offsets, dtype=np.int32)[values.offset : values.offset + len(values) + 1]
    return bytes(data[int(bounds[0]) : int(bounds[-1])])


def _bytes(values: pa.Array) -> bytes:
    numbers = np.ascontiguousarray(values.to_numpy(zero_copy_only=False))
    return numbers.astype(numbers.dtype.newbyteorder("<"), copy=False).tobytes()
