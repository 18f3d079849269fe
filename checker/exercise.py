"""An exercise: the folder that asks a question, read and checked.

One folder is one exercise; its presence under a track registers it. Gapped numbers before names
give the order, ids do not depend on them.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker import front_matter, timeline
from checker.errors import ExerciseError
from checker.front_matter import Document
from checker.timeline import Timeline

LEVELS = ("easy", "medium", "hard")
TIES = ("free",)
NAMES = ("fixed", "free")
_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_ORDERED_NAME = re.compile(r"(\d+)_(.+)")


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """One column of the answer: its type is a DuckDB type; elements of an `unordered` list come in any order."""

    name: str
    type: str
    meaning: str
    unordered: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """The declared sort keys, each an output column with `descending`; ties among them are free."""

    by: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far two floats may lie apart and still be equal."""

    relative: float = 1e-9
    absolute: float = 1e-12


@dataclass(frozen=True, slots=True)
class Decision:
    """What an interviewer would say if asked."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """Everything an exercise folder says; `thresholds` name its world blocks besides 'base'.

    Where the names of the output are not fixed, columns of other names are matched by position.
    """

    id: str
    number: str
    title: str
    track: str
    level: str
    minutes: int
    concepts: tuple[str, ...]
    tables: tuple[str, ...]
    output: tuple[OutputColumn, ...]
    prompt: str
    folder: Path
    order: Order = field(default_factory=Order)
    tolerance: Tolerance = field(default_factory=Tolerance)
    thresholds: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    hints: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    lint_required: tuple[str, ...] = ()
    lint_allowed: tuple[str, ...] = ()
    names_fixed: bool = True
    sources: tuple[str, ...] = ()
    timeline: Timeline | None = None

    @property
    def reference(self) -> Path:
        return self.folder / "reference.sql"

    @property
    def starter(self) -> Path:
        return self.folder / "starter.sql"

    @property
    def explanation(self) -> Path:
        return self.folder / "explain.md"

    @property
    def right(self) -> tuple[Path, ...]:
        return tuple(sorted((self.folder / "right").glob("*.sql")))

    @property
    def wrong(self) -> tuple[Path, ...]:
        return tuple(sorted((self.folder / "wrong").glob("*.sql")))

    def content_hash(self) -> str:
        """SHA-256 over what decides a verdict and what a learner reads; changes when the exercise does."""
        digest = hashlib.sha256()
        for path in (self.folder / "exercise.md", self.reference, *(self.folder / name for name in self.accepts)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()


def folders(root: Path) -> dict[str, Path]:
    """The folder of every exercise below `root` by its id, in the order of `discover`, without reading any."""
    return {_slug(folder): folder for folder in _ordered(root, inside=True)} if root.is_dir() else {}


def discover(root: Path) -> tuple[Exercise, ...]:
    """All exercises below `root`, in the order of tracks and exercises; ExerciseError for a broken or doubled one."""
    if not root.is_dir():
        raise ExerciseError(root, 1, "the folder of exercises is missing; install laglead again")
    found = [load(folder) for folder in _ordered(root, inside=True)]
    seen: dict[str, Path] = {}
    for exercise in found:
        for name in (exercise.id, f"number {exercise.number}"):
            if name in seen:
                raise ExerciseError(exercise.folder / "exercise.md", 1, f"{name} is also used by {seen[name]}; rename")
            seen[name] = exercise.folder
    return tuple(found)


def _ordered(root: Path, *, inside: bool = False) -> list[Path]:
    named = [path for path in root.iterdir() if path.is_dir() and _ORDERED_NAME.fullmatch(path.name)]
    ordered = sorted(named, key=lambda path: (int(path.name.split("_", 1)[0]), path.name))
    return [folder for track in ordered for folder in _ordered(track)] if inside else ordered


def load(folder: Path) -> Exercise:
    """The exercise in `folder`; ExerciseError with file and line when it breaks the contract."""
    document = front_matter.read(folder / "exercise.md")
    keys = document.keys
    front_matter.check_keys(document, keys, required=_REQUIRED, optional=_OPTIONAL)
    exercise = Exercise(
        id=_id(document, folder),
        number=front_matter.value(document, keys, "number", str),
        title=front_matter.value(document, keys, "title", str),
        track=_track(document, folder),
        level=front_matter.choice(document, keys, "level", LEVELS),
        minutes=front_matter.value(document, keys, "minutes", int),
        concepts=front_matter.texts(document, keys, "concepts"),
        tables=front_matter.texts(document, keys, "tables"),
        output=output(document),
        prompt=document.body,
        folder=folder,
        order=_order(document),
        tolerance=_tolerance(document),
        thresholds=thresholds(document),
        decisions=decisions(document),
        hints=_hints(document),
        accepts=_accepts(document, folder),
        names_fixed=front_matter.choice(document, keys["output"], "names", NAMES, "fixed") == "fixed",
        sources=front_matter.texts(document, keys, "sources"),
        timeline=timeline.read(document, keys["tables"], [column["name"] for column in keys["output"]["columns"]]),
        **_lint(document),
    )
    _check_order(document, exercise)
    for path in (exercise.reference, exercise.starter, exercise.explanation):
        if not path.is_file():
            raise ExerciseError(path, 1, "the file is missing; write it (docs/authoring.md shows one)")
    return exercise


_REQUIRED = ("id", "number", "title", "track", "level", "minutes", "concepts", "tables", "output", "hint")
_OPTIONAL = ("order", "tolerance", "worlds", "decision", "accepts", "lint", "sources", "timeline")


def _id(document: Document, folder: Path) -> str:
    found = front_matter.value(document, document.keys, "id", str)
    if not _ID.fullmatch(found):
        raise document.error("id", f"'id' is {found!r}; use lower-case words joined by '_'")
    slug = _slug(folder)
    if found != slug:
        raise document.error("id", f"'id' is {found!r} but the folder says {slug!r}; make them agree")
    return found


def _track(document: Document, folder: Path) -> str:
    return front_matter.choice(document, document.keys, "track", [_slug(folder.parent)])


def _slug(folder: Path) -> str:
    match = _ORDERED_NAME.fullmatch(folder.name)
    return match.group(2) if match else folder.name


def output(document: Document) -> tuple[OutputColumn, ...]:
    """The columns of [output]."""
    raw = front_matter.value(document, document.keys, "output", dict)
    front_matter.check_keys(document, raw, required=("columns",), optional=("names",), inside="output")
    columns = front_matter.value(document, raw, "columns", list)
    if not columns:
        raise document.error("columns", "'columns' is empty; name at least one output column")
    return tuple(_output_column(document, column) for column in columns)


def _output_column(document: Document, column: Any) -> OutputColumn:
    if not isinstance(column, dict):
        raise document.error("columns", f"a column must be {{name, type, meaning}}, not {column!r}")
    front_matter.check_keys(
        document, column, required=("name", "type", "meaning"), optional=("unordered",), inside="output"
    )
    name, type_, meaning = (front_matter.value(document, column, key, str) for key in ("name", "type", "meaning"))
    return OutputColumn(name, type_, meaning, front_matter.value(document, column, "unordered", bool, False))


def _order(document: Document) -> Order:
    order = front_matter.value(document, document.keys, "order", dict, {})
    if not order:
        return Order()
    front_matter.check_keys(document, order, required=("by",), optional=("ties",), inside="order")
    front_matter.choice(document, order, "ties", TIES, "free")
    return Order(tuple(_order_key(document, text) for text in front_matter.texts(document, order, "by")))


def _order_key(document: Document, text: str) -> tuple[str, bool]:
    name, _, direction = text.partition(" ")
    if direction.strip().lower() not in ("", "asc", "desc"):
        raise document.error("by", f"a sort key is 'column', 'column asc' or 'column desc', not {text!r}")
    return name, direction.strip().lower() == "desc"


def _check_order(document: Document, exercise: Exercise) -> None:
    names = {column.name for column in exercise.output}
    for name, _ in exercise.order.by:
        if name not in names:
            raise document.error(
                "by", f"the sort key {name!r} is no output column; allowed: {', '.join(sorted(names))}"
            )


def _tolerance(document: Document) -> Tolerance:
    raw = front_matter.value(document, document.keys, "tolerance", dict, {})
    front_matter.check_keys(document, raw, required=(), optional=("relative", "absolute"), inside="tolerance")
    base = Tolerance()
    return Tolerance(
        front_matter.value(document, raw, "relative", float, base.relative),
        front_matter.value(document, raw, "absolute", float, base.absolute),
    )


def thresholds(document: Document) -> tuple[str, ...]:
    """The thresholds of [worlds]."""
    raw = front_matter.value(document, document.keys, "worlds", dict, {})
    front_matter.check_keys(document, raw, required=(), optional=("thresholds",), inside="worlds")
    return front_matter.texts(document, raw, "thresholds")


def decisions(document: Document) -> tuple[Decision, ...]:
    """Every [[decision]]."""
    found = []
    for raw in front_matter.value(document, document.keys, "decision", list, []):
        front_matter.check_keys(document, raw, required=("question", "answer"), inside="decision")
        found.append(Decision(raw["question"], raw["answer"]))
    return tuple(found)


def _hints(document: Document) -> tuple[str, ...]:
    found = []
    for raw in front_matter.value(document, document.keys, "hint", list):
        front_matter.check_keys(document, raw, required=("text",), inside="hint")
        found.append(front_matter.value(document, raw, "text", str).strip())
    if len(found) != 3:
        raise document.error("hint", f"there are {len(found)} hints; write three: direction, technique, skeleton")
    return tuple(found)


def _accepts(document: Document, folder: Path) -> tuple[str, ...]:
    names = front_matter.texts(document, document.keys, "accepts")
    for name in names:
        if not (folder / name).is_file():
            raise document.error("accepts", f"'accepts' names {name!r}, which is not in the folder; write it")
    return names


def _lint(document: Document) -> dict[str, tuple[str, ...]]:
    raw = front_matter.value(document, document.keys, "lint", dict, {})
    front_matter.check_keys(document, raw, required=(), optional=("require", "allow"), inside="lint")
    return {
        "lint_required": front_matter.texts(document, raw, "require"),
        "lint_allowed": front_matter.texts(document, raw, "allow"),
    }
