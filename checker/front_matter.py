"""Reads the TOML between two `+++` lines and complains with file, line and the allowed values."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from checker.errors import ExerciseError

FENCE = "+++"
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Document:
    """A markdown file with front matter: the parsed keys, the text after them, and where all stands."""

    file: Path
    keys: dict[str, Any]
    body: str
    lines: tuple[str, ...]

    def line_of(self, key: str, occurrence: int = 0) -> int:
        """The 1-based line on which `key`, `[key]` or `[[key]]` stands for the nth time; 1 if nowhere."""
        shape = re.compile(rf"\s*(?:\[+\s*{re.escape(key)}\s*\]+|{re.escape(key)}\s*=|.*[{{,]\s*{re.escape(key)}\s*=)")
        found = [number for number, line in enumerate(self.lines, start=1) if shape.match(line)]
        return found[min(occurrence, len(found) - 1)] if found else 1

    def error(self, key: str, problem: str, occurrence: int = 0) -> ExerciseError:
        """An author's error at the place of `key`."""
        return ExerciseError(self.file, self.line_of(key, occurrence), problem)


def read(file: Path) -> Document:
    """The document in `file`; ExerciseError when it cannot be read, has no fences or is not TOML."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ExerciseError(file, 1, "the file is missing; write it (docs/authoring.md shows one)") from None
    except UnicodeDecodeError as error:
        raise ExerciseError(file, 1, f"the file is not UTF-8 ({error.reason}); save it as UTF-8") from error
    lines = text.splitlines()
    if not lines or lines[0].strip() != FENCE:
        raise ExerciseError(file, 1, f"the file must begin with a line {FENCE}, then TOML, then {FENCE}")
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.strip() == FENCE), None)
    if end is None:
        raise ExerciseError(file, 1, f"the front matter has no closing {FENCE}; add it before the prompt")
    try:
        keys = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as error:
        raise ExerciseError(file, _toml_line(error) + 1, f"the front matter is not TOML: {error}") from error
    return Document(file, keys, "\n".join(lines[end + 1 :]).strip() + "\n", tuple(lines[:end]))


def _toml_line(error: tomllib.TOMLDecodeError) -> int:
    match = re.search(r"line (\d+)", str(error))
    return int(match.group(1)) if match else 0


def check_keys(
    document: Document,
    table: Mapping[str, Any],
    *,
    required: Sequence[str],
    optional: Sequence[str] = (),
    inside: str = "",
) -> None:
    """ExerciseError for a key that is missing or unknown; the nearest allowed name is offered."""
    allowed = [*required, *optional]
    for key in table:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"allowed: {', '.join(sorted(allowed))}"
            raise document.error(key, f"unknown key '{key}'{_place(inside)}; {hint}")
    for key in required:
        if key not in table:
            raise document.error(inside or "id", f"the key '{key}' is missing{_place(inside)}; add it")


def value(
    document: Document, table: Mapping[str, Any], key: str, kind: type[Value], default: Value | None = None
) -> Value:
    """The value of `key`, of that type; ExerciseError when it is of another."""
    found = table.get(key, default)
    if not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool):
        raise document.error(key, f"'{key}' must be {_KINDS[kind]}, not {found!r}")
    return found


def texts(document: Document, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The list of texts under `key`, empty when it is absent; ExerciseError when an item is not text."""
    found = value(document, table, key, list, [])
    for item in found:
        if not isinstance(item, str):
            raise document.error(key, f"'{key}' must be a list of texts; {item!r} is not one")
    return tuple(found)


def choice(document: Document, table: Mapping[str, Any], key: str, allowed: Sequence[str], default: str = "") -> str:
    """The text under `key`, one of `allowed`."""
    found = value(document, table, key, str, default)
    if found not in allowed:
        raise document.error(key, f"'{key}' is {found!r}; allowed: {', '.join(allowed)}")
    return found


def _place(inside: str) -> str:
    return f" in [{inside}]" if inside else ""


_KINDS: dict[type, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number such as 1e-9",
    list: "a list",
    dict: "a table",
    bool: "true or false",
}
