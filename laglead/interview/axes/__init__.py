"""The axes of the report: one module, one axis, discovered by its presence.

A module has `ORDER` and `axis(record)`, which reads the record and returns what was seen.
"""

from __future__ import annotations

import importlib
import pkgutil

from laglead.interview.finding import Axis
from laglead.interview.record import Record


def axes(record: Record) -> tuple[Axis, ...]:
    """Every axis of an interview, in their order."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(module.axis(record) for module in sorted(modules, key=lambda module: (module.ORDER, module.__name__)))
