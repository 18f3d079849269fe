"""Arrow columns out of numbers: ids, words, times, structs and lists, each built without a row loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    raw = numbers.astype(">u8").view(np.uint8).reshape(-1, 8)
    digits = np.empty((len(numbers), 16), dtype=np.uint8)
    digits[:, 0::2], digits[:, 1::2] = _DIGITS[raw >> 4], _DIGITS[raw & 15]
    offsets = np.arange(0, 16 * (len(numbers) + 1), 16, dtype=np.int32)
    found = pa.StringArray.from_buffers(len(numbers), pa.py_buffer(offsets), pa.py_buffer(digits.tobytes()))
    return found if missing is None else blanked(found, missing)


def prefixed(prefix: str, numbers: Keys, missing: Flags | None = None) -> pa.StringArray:
    """Ids with a word before their 16 hex digits."""
    return joined(pa.scalar(prefix), hex16(numbers, missing))


def joined(*parts: pa.Array | pa.Scalar) -> pa.StringArray:
    """Texts one after the other; NULL where any part is NULL."""
    return pc.binary_join_element_wise(*parts, "")


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


def _digit_values() -> NDArray[np.uint8]:
    found = np.zeros(256, dtype=np.uint8)
    found[_DIGITS] = np.arange(16)
    return found


_VALUES = _digit_values()
