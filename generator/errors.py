"""What can go wrong while data is made.

    GeneratorError
    |-- PlanError          a plan that no log can be made from
    |-- ThresholdError     an exercise declares a threshold that no world can be drawn for
    |-- MessError          a mess kind's module does not declare what it must
    |-- EffectError        a planted effect's module does not declare what it must
    |-- OutputError        the place of the data set cannot be written, or the disk is full
    |-- ShardError         shards that are to be joined are missing
    |-- WorkerError        workers die whatever is tried
    |-- EngineError        the engine that was asked for is not there
    `-- ManifestError      the data set's manifest is missing or cannot be understood

Every message says what is wrong, where, and ends with the next step.
"""

from __future__ import annotations

from collections.abc import Sequence
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


class EffectError(GeneratorError):
    """A module of generator/effects is not a planted effect."""

    def __init__(self, module: str, what: str) -> None:
        super().__init__(f"generator/effects/{module}.py {what}: see CONTRIBUTING.md, or remove the file")
        self.module = module


class OutputError(GeneratorError):
    """The data set could not be written; what was there before is untouched."""

    def __init__(self, out: Path | str, reason: str, next_step: str) -> None:
        super().__init__(f"cannot write the data set to {out}: {reason}. The earlier data is untouched; {next_step}")
        self.out = out


class ShardError(GeneratorError):
    """Shards are missing; `numbers` counts them from 0."""

    def __init__(self, place: str, numbers: Sequence[int], total: int, others: str) -> None:
        shown = ", ".join(f"--shard {number + 1}/{total}" for number in numbers[:5])
        more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
        super().__init__(
            f"{len(numbers)} of {total} shards are missing in {place}{others}: make {shown}{more}, then join"
        )
        self.numbers = tuple(numbers)


class WorkerError(GeneratorError):
    """Workers died again and again; what other workers finished is kept."""

    def __init__(self, numbers: Sequence[int], reason: str) -> None:
        super().__init__(f"{reason}; {len(numbers)} shards are left: try fewer --workers and run it again")
        self.numbers = tuple(numbers)


class EngineError(GeneratorError):
    """An engine cannot be used."""

    def __init__(self, reason: str, next_step: str) -> None:
        super().__init__(f"{reason}: {next_step}")


class ManifestError(GeneratorError):
    """A manifest is missing or not one."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}; run `laglead generate` to write the data set again")
        self.path = path
