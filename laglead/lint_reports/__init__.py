"""The forms in which lint reports: one module each, with `report`, found by its presence."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laglead.sql_files import SqlFile

if TYPE_CHECKING:
    from checker.lint import LintResult


@dataclass(frozen=True, slots=True)
class Linted:
    """One file and what lint says of it."""

    file: SqlFile
    result: LintResult

    @property
    def name(self) -> str:
        """The file's name as people typed it, with slashes."""
        return self.file.path.as_posix()


def names() -> list[str]:
    """The forms, by name."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def report(form: str, linted: Sequence[Linted]) -> str:
    """The whole report in that form."""
    text: str = importlib.import_module(f"{__name__}.{form}").report(linted)
    return text
