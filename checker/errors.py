"""What can go wrong that is not the learner's doing.

    CheckerError
    |-- ExerciseError       an author's mistake, with file and line
    |-- AnswerMissing       there is no answer file yet
    |-- DatasetError
    |   |-- DatasetMissing  nothing was generated here
    |   `-- DatasetCorrupt  what is here cannot be trusted
    |-- SchemaBroken        a description of tables is not one
    `-- RunnerError         the sandbox or the tool itself failed

Every message says what is wrong, where, and ends with the next step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class CheckerError(Exception):
    """The root of everything the checker raises on purpose."""


class ExerciseError(CheckerError):
    """An exercise folder breaks its contract; `line` is 1-based, 1 where it is about the whole file."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem


class AnswerMissing(CheckerError):
    """The answer file does not exist."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file}: there is no answer yet. Write your query there and check again.")
        self.file = file


class DatasetError(CheckerError):
    """The root of what is wrong with a data set."""


class DatasetMissing(DatasetError):
    """There is no data set in the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: there is no practice log here. Run: laglead generate")
        self.folder = folder


class DatasetCorrupt(DatasetError):
    """The data set is damaged, incomplete or was made by another version."""

    def __init__(self, file: Path, problem: str, step: str = "Make it again with: laglead generate --force") -> None:
        super().__init__(f"{file}: {problem}. {step}")
        self.file = file
        self.problem = problem


class SchemaBroken(CheckerError):
    """A description of tables for lint breaks its form; who read the file names it."""


class RunnerError(CheckerError):
    """The child that runs queries could not do its work for a reason that is not the query."""
