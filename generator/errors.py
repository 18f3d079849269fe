"""What can go wrong while data is made.

    GeneratorError
    |-- PlanError          a plan that no log can be made from
    |-- ThresholdError     an exercise declares a threshold that no world can be drawn for
    |-- MessError          a mess kind's module does not declare what it must
    |-- OutputError        the output directory cannot be written, or the disk is full
    `-- ManifestError      the data set's manifest is missing or cannot be understood

Every message says what is wrong, where, and ends with the next step.
"""

from __future__ import annotations

from pathlib import Path


class GeneratorError(Exception):
    """The root of everything the generator raises on purpose."""


class PlanError(GeneratorError):
    """A value of the plan is out of range."""

    def __init__(self, name: str, value: object, next_step: str) -> None:
        super().__init__(f"the plan's {name} cannot be {value!r}: {next_step}")
        self.name = name
        self.value = value


class ThresholdError(GeneratorError):
    """A threshold's text cannot be understood."""

    def __init__(self, text: str, next_step: str) -> None:
        super().__init__(f"the threshold {text!r} is not one: {next_step}")
        self.text = text


class MessError(GeneratorError):
    """A module of generator/mess is not a mess kind."""

    def __init__(self, module: str, what: str) -> None:
        super().__init__(f"generator/mess/{module}.py {what}: see CONTRIBUTING.md, or remove the file")
        self.module = module


class OutputError(GeneratorError):
    """The data set could not be written; what was there before is untouched."""

    def __init__(self, out: Path, reason: str, next_step: str) -> None:
        super().__init__(f"cannot write the data set to {out}: {reason}. The earlier data is untouched; {next_step}")
        self.out = out


class ManifestError(GeneratorError):
    """A manifest is missing or not one."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; run `laglead generate` to write the data set again")
        self.path = path
