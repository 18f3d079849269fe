"""Frames: frozen dataclasses whose fields are arrays of one length, taken and stacked as wholes."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Frame = TypeVar("Frame")


def take(frame: Frame, rows: NDArray[Any]) -> Frame:
    """The frame of these rows: indices in any order, or a mask."""
    found = columns(frame)
    chosen = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
    length = len(next(iter(found.values())))
    if len(chosen) and not 0 <= chosen.min() <= chosen.max() < length:
        raise IndexError(f"rows {chosen.min()} to {chosen.max()} of a frame of {length}")
    # The bounds are known to be good: clipping is the mode that looks at each index once only.
    return type(frame)(**{name: values.take(chosen, mode="clip") for name, values in found.items()})


def between(frame: Frame, first: int, end: int) -> Frame:
    """The frame of the rows `first` .. `end - 1`, without a copy."""
    return type(frame)(**{name: values[first:end] for name, values in columns(frame).items()})


def stack(*frames: Frame) -> Frame:
    """All rows of frames of one type, one frame after the other."""
    parts = [columns(frame) for frame in frames]
    return type(frames[0])(**{name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def columns(frame: object) -> dict[str, NDArray[Any]]:
    """The arrays of a frame by name."""
    return {field.name: getattr(frame, field.name) for field in fields(frame)}  # type: ignore[arg-type]
