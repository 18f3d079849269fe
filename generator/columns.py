"""Arrow columns out of numbers: ids, words, times, structs and lists, each built without a row loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from generator.block import NULL
from generator.lanes import Flags, Keys, Whole

_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_STAMP = pa.timestamp("us", tz="UTC")


def hex16(numbers: Keys, missing: Flags | None = None) -> pa.StringArray:
    """Ids of 16 hex digits; NULL where `missing`."""
    return _fixed(digits(numbers), missing)


def prefixed(prefix: str, numbers: Keys, missing: Flags | None = None) -> pa.StringArray:
    """Ids with a word before their 16 hex digits."""
    return side_by_side(prefix, digits(numbers), missing=missing)


def digits(numbers: Keys) -> NDArray[np.uint8]:
    """The 16 hex digits of each number, a row each."""
    found: NDArray[np.uint8] = _QUADS[numbers.astype(">u8").view("<u2")].view(np.uint8).reshape(-1, 16)
    return found


def side_by_side(*parts: str | NDArray[np.uint8], missing: Flags | None = None) -> pa.StringArray:
    """Texts of one length: words that are the same everywhere, and rows of signs; NULL where `missing`."""
    count = max(len(part) for part in parts if not isinstance(part, str))
    same = [np.frombuffer(part.encode(), dtype=np.uint8) if isinstance(part, str) else part for part in parts]
    return _fixed(np.hstack([np.broadcast_to(part, (count, part.shape[-1])) for part in same]), missing)


def joined(*parts: pa.Array | str) -> pa.StringArray:
    """Texts one after the other; NULL where any part is NULL."""
    typed = [text(part) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*typed, text(""))


@cache
def text(value: str) -> pa.StringScalar:
    """A text as Arrow has it: without its type, pyarrow would look for one by imports that fail."""
    return pa.scalar(value, pa.string())


def words(codes: Whole, choices: Sequence[str]) -> pa.StringArray:
    """The word of each code; NULL for -1."""
    return taken(pa.array(choices, pa.string()), codes)


def taken(choices: pa.Array, codes: Whole) -> pa.Array:
    """The element at each index; NULL for a negative one."""
    return choices.take(pa.array(codes, pa.int64(), mask=codes < 0))


def times(microseconds: Whole) -> pa.TimestampArray:
    """Moments in UTC; NULL for the missing ones."""
    return pa.array(microseconds, pa.int64(), mask=microseconds == NULL).cast(_STAMP)


def whole(numbers: Whole, type_: pa.DataType, missing: Flags | None = None) -> pa.Array:
    """Whole numbers of a type; NULL where `missing`."""
    return pa.array(numbers, pa.int64(), mask=missing).cast(type_)


def flags(values: NDArray[np.bool_], missing: Flags | None = None) -> pa.BooleanArray:
    """Truth values; NULL where `missing`."""
    return pa.array(values, pa.bool_(), mask=missing)


def tristate(codes: Whole) -> pa.BooleanArray:
    """1 is true, 0 is false, -1 is NULL."""
    return flags(codes == 1, codes < 0)


def blanked(values: pa.Array, missing: Flags) -> pa.Array:
    """The same values, NULL where `missing`."""
    return pc.if_else(pa.array(missing), pa.scalar(None, values.type), values)


def nothing(count: int, type_: pa.DataType | None = None) -> pa.Array:
    """A column of NULLs: text unless told."""
    return pa.nulls(count, type_ or pa.string())


def struct(type_: pa.StructType, fields: Mapping[str, pa.Array], missing: Flags | None = None) -> pa.StructArray:
    """A struct column whose fields are given by name; NULL where `missing`."""
    arrays = [fields[field.name].cast(field.type) for field in type_]
    mask = None if missing is None else pa.array(missing)
    return pa.StructArray.from_arrays(arrays, fields=list(type_), mask=mask)


def lists(counts: Whole, values: pa.Array) -> pa.ListArray:
    """Lists of these lengths, cut from `values` in order; NULL for the length -1."""
    offsets = np.concatenate(([0], np.cumsum(np.maximum(counts, 0)))).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values, mask=pa.array(counts < 0))


def spans(first: Whole, counts: Whole) -> tuple[Whole, Whole]:
    """Every index of the spans (`first`, `counts`) one after the other, and the row that each belongs to."""
    lengths = np.maximum(counts, 0)
    owner = np.repeat(np.arange(len(first)), lengths)
    starts = np.cumsum(lengths) - lengths
    return first[owner] + np.arange(len(owner)) - starts[owner], owner


def numbers(ids: pa.StringArray | pa.ChunkedArray) -> Keys:
    """The number in the last 16 hex digits of each id; no id may be NULL."""
    ids = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    _, offsets, data = ids.buffers()
    if len(ids) == 0:
        return np.zeros(0, dtype=np.uint64)
    ends = np.frombuffer(offsets, dtype=np.int32)[ids.offset + 1 : ids.offset + len(ids) + 1]
    digits = np.frombuffer(data, dtype=np.uint8)[ends[:, None] + np.arange(-16, 0)]
    values = _VALUES[digits]
    found: Keys = (values[:, 0::2] << 4 | values[:, 1::2]).view(">u8").astype(np.uint64)[:, 0]
    return found


def _fixed(signs: NDArray[np.uint8], missing: Flags | None) -> pa.StringArray:
    """One text a row of signs; NULL where `missing`."""
    count, width = signs.shape
    if missing is None or not missing.any():
        offsets = np.arange(0, width * (count + 1), width, dtype=np.int32)
        return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(signs)))
    there = ~missing
    offsets = np.concatenate(([0], np.cumsum(there * width))).astype(np.int32)
    known = pa.py_buffer(np.packbits(there, bitorder="little"))
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(signs[there]), known)


def _digit_values() -> NDArray[np.uint8]:
    found = np.zeros(256, dtype=np.uint8)
    found[_DIGITS] = np.arange(16)
    return found


_VALUES = _digit_values()


def _quads() -> NDArray[np.uint32]:
    """Four hex digits for each pair of bytes, as they lie in memory."""
    pair = np.arange(65_536)
    nibbles = np.stack([pair >> 4 & 15, pair & 15, pair >> 12, pair >> 8 & 15], axis=1)
    found: NDArray[np.uint32] = _DIGITS[nibbles].view(np.uint32)[:, 0]
    return found


_QUADS = _quads()
