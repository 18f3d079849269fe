"""The API generations: one module each writes the landing rows of its version, found by presence.

A module `v<N>` holds `landing(block, events)`: the block's rows of that version and the same rows in
the unified schema go in, the landing table comes out.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    import pyarrow as pa

    from generator.block import Block


class Generation(Protocol):
    """How one generation logs its messages."""

    def __call__(self, block: Block, events: pa.Table) -> pa.Table:
        """The landing table of these rows."""


@cache
def generations() -> dict[int, Generation]:
    """Every generation by its version."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {
        int(name.removeprefix("v")): cast(Generation, import_module(f"{__name__}.{name}").landing) for name in names
    }
