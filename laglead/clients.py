"""The programs that open the prepared database beside laglead: found where they are, always asked to only read."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Client:
    """A program by its name on the PATH, its switch for reading only, and how to get it."""

    name: str
    read_only: str
    install: str

    def program(self) -> str | None:
        """Where it is: beside our own Python first, then on the PATH; None where it is not installed."""
        beside = Path(sys.executable).parent / self.name
        return str(beside) if beside.is_file() else shutil.which(self.name)

    def command(self, program: str, native: Path) -> list[str]:
        """The command line that opens the database."""
        return [program, self.read_only, str(native)]


CLIENTS = (
    Client("harlequin", "--read-only", "python -m pip install 'laglead[shell]' (from a checkout: '.[shell]')"),
    Client("duckdb", "-readonly", "see https://duckdb.org/docs/installation (or: brew install duckdb)"),
)
