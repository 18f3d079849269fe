"""Waivers: mutants that somebody has looked at and found equivalent, for a reason that no rule knows.

`waived.toml` in the exercise's folder has one `[[waiver]]` a mutant: `mutant` (its id), `reason`,
`author`, and `seal`, which `laglead author mutants` prints. The seal is a digest of the reference, of
the schema it reads, of the mutant and of its operator: when one of them changes, the waiver is stale.
"""

from __future__ import annotations

import hashlib
import inspect
import tomllib
from dataclasses import dataclass
from importlib import import_module

from sqlglot import exp

from checker.errors import ExerciseError
from checker.exercise import Exercise
from checker.mutant import Mutant
from checker.sql_writer import write
from checker.tree import Tree

FILE = "waived.toml"
CAP = 0.03
_KEYS = ("mutant", "reason", "author", "seal")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver; `line` is where it stands in the file."""

    mutant: str
    reason: str
    author: str
    seal: str
    line: int


def read(exercise: Exercise) -> dict[str, Waiver]:
    """The waivers by mutant, none when there is no file; ExerciseError when it is broken."""
    file = exercise.folder / FILE
    if not file.is_file():
        return {}
    text = file.read_text(encoding="utf-8")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ExerciseError(file, 1, f"it is not TOML: {error}") from error
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[waiver]]"]
    found: dict[str, Waiver] = {}
    for line, one in zip(lines, raw.get("waiver", []), strict=False):
        if sorted(one) != sorted(_KEYS) or not all(isinstance(one[key], str) and one[key].strip() for key in _KEYS):
            raise ExerciseError(file, line, f"a waiver has exactly the texts {', '.join(_KEYS)}; none may be empty")
        found[one["mutant"]] = Waiver(**one, line=line)
    if set(raw) - {"waiver"} or len(found) != len(lines):
        raise ExerciseError(file, 1, "it holds [[waiver]] tables and nothing else, one for each mutant")
    return found


def seal(tree: Tree, mutant: Mutant) -> str:
    """What a waiver holds on to, as twelve hex digits."""
    family = import_module(f"checker.mutation.{mutant.operator.family}")
    names = sorted({table.name.lower() for table in tree.root.find_all(exp.Table)})
    schema = [repr(tree.profile.tables[name]) for name in names if name in tree.profile.tables]
    parts = (write(tree.root), mutant.sql, *schema, inspect.getsource(family))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
