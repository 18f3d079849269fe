"""The kinds of mess: one module each, found by presence; each is applied at a rate and keeps a ledger.

A module holds `KIND = Kind(...)`. Rate 0 is the identity, and every draw is keyed by the row and the
kind's own name, so a new kind changes nothing in a plan that does not use it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.errors import MessError

if TYPE_CHECKING:
    from generator.block import Block


class Stage(Enum):
    """When a kind is applied: before the layers fan out, to the side tables, or to deliveries only."""

    LASTING = "lasting"
    SIDE = "side tables"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mess. `rate` is the usual one, `of` says of what; `order` places it within its stage.

    `denominator` counts, in SQL over the log without the kind, what the rate is a share of: the chosen rows
    of the ledger divided by it are the rate. `needs` names kinds without which this one finds nothing.
    """

    name: str
    stage: Stage
    rate: float
    of: str
    denominator: str
    what: str
    punishes: str
    seen: str
    undone_by: str
    apply: Callable[[Block, float], Block]
    order: int = 50
    needs: tuple[str, ...] = ()


@cache
def kinds() -> MappingProxyType[str, Kind]:
    """All kinds by name, in the order in which they are applied; MessError for a module without one."""
    found = [_kind(module.name) for module in iter_modules(__path__)]
    stages = list(Stage)
    found.sort(key=lambda kind: (stages.index(kind.stage), kind.order, kind.name))
    return MappingProxyType({kind.name: kind for kind in found})


def statement(name: str) -> str:
    """The SQL of `<name>.sql` in this folder, for a denominator that takes more than a line."""
    return (files(__package__) / f"{name}.sql").read_text(encoding="utf-8")


def _kind(module: str) -> Kind:
    kind = getattr(import_module(f"{__name__}.{module}"), "KIND", None)
    if not isinstance(kind, Kind):
        raise MessError(module, "declares no KIND")
    if kind.name != module:
        raise MessError(module, f"names its kind {kind.name!r} instead of {module!r}")
    if not 0 <= kind.rate <= 1:
        raise MessError(module, f"declares the rate {kind.rate}, which is not between 0 and 1")
    return kind
