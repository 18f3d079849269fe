"""The forms of a gradebook: one module each, with `report`, found by its presence."""

from __future__ import annotations

import importlib
import pkgutil

from laglead.grading.gradebook import Gradebook

# What a form that is not for files is called.
TEXT = "text"


def files() -> list[str]:
    """The forms that are written to files, by name, which is also the file's ending."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != TEXT)


def report(form: str, book: Gradebook) -> str:
    """The whole report in that form."""
    text: str = importlib.import_module(f"{__name__}.{form}").report(book)
    return text
