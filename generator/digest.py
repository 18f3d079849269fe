"""The logical hash of a table: its values in order, whatever the chunks, the compression or the library's version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


class TableDigest:
    """Hashes a table that comes in pieces, column by column; NULLs are counted on the way."""

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._leaves: dict[str, dict[str, hashlib._Hash]] = {name: {} for name in schema.names}
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
                    self._leaf(name, path).update(data)

    def _leaf(self, name: str, path: str) -> hashlib._Hash:
        """The state of one leaf. SHA-1 because processors do it in hardware; nobody is to be kept out by it."""
        known = self._leaves[name]
        if path not in known:
            known[path] = hashlib.sha1(usedforsecurity=False)
        return known[path]

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


def _parts(values: pa.Array, path: str) -> Iterator[tuple[str, bytes | memoryview]]:
    """The bytes that tell an array's values: validity, lengths and data of each leaf, NULLs as zeros."""
    kind = values.type
    yield f"{path}?", _validity(values)
    if pa.types.is_list(kind):
        yield f"{path}#", _bytes(_filled(pc.list_value_length(values), 0))
        yield from _parts(values.flatten(), f"{path}[]")
    elif pa.types.is_struct(kind):
        for field, child in zip(kind, values.flatten(), strict=True):
            yield from _parts(child, f"{path}.{field.name}")
    elif pa.types.is_string(kind):
        lengths = np.asarray(_filled(pc.binary_length(values), 0))
        yield f"{path}#", _bytes(lengths)
        yield path, _text_bytes(values, int(lengths.sum()))
    elif pa.types.is_decimal(kind):
        yield from _parts(values.cast(pa.string()), f"{path}=")
    elif pa.types.is_boolean(kind):
        yield path, _bytes(_filled(values, False).cast(pa.uint8()))
    elif pa.types.is_timestamp(kind):
        yield path, _bytes(_filled(values.cast(pa.int64()), 0))
    else:
        yield path, _bytes(_filled(values, 0))


def _validity(values: pa.Array) -> bytes | memoryview:
    """A byte a value: 1, or 0 for NULL."""
    if values.null_count == 0:
        return b"\x01" * len(values)
    return _bytes(values.is_valid().cast(pa.uint8()))


def _filled(values: pa.Array, value: int | bool) -> pa.Array:
    return pc.fill_null(values, pa.scalar(value, values.type)) if values.null_count else values


def _text_bytes(values: pa.StringArray, total: int) -> bytes | memoryview:
    """The characters of all texts, one after the other; `total` is how many bytes they have."""
    _, offsets, data = values.buffers()
    if data is None or total == 0:
        return b""
    bounds = np.frombuffer(offsets, dtype=np.int32)[values.offset : values.offset + len(values) + 1]
    if int(bounds[-1] - bounds[0]) != total:
        # A NULL hides characters.
        return _text_bytes(pc.fill_null(values, pa.scalar("", pa.string())), total)
    return memoryview(data)[int(bounds[0]) : int(bounds[-1])]


def _bytes(values: pa.Array | NDArray[Any]) -> memoryview:
    numbers = values if isinstance(values, np.ndarray) else values.to_numpy(zero_copy_only=False)
    return np.ascontiguousarray(numbers, dtype=numbers.dtype.newbyteorder("<")).data.cast("B")
