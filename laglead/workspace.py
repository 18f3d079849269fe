"""The learner's folder: settings, answers, progress and data."""

from __future__ import annotations

import os
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

from checker.exercise import Exercise
from laglead.errors import Mistake

SETTINGS = "laglead.toml"
TEMPLATE = """\
# A laglead workspace. Answers are answers/<id>.sql; nothing here is ever deleted by an update.

[workspace]
data = {data}   # where the practice log lies, seen from this folder
"""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where things are; `data` is the data set's folder."""

    root: Path
    data: Path

    @property
    def answers(self) -> Path:
        return self.root / "answers"

    @property
    def progress(self) -> Path:
        return self.root / "progress.jsonl"

    def answer(self, exercise: Exercise) -> Path:
        """The answer file of an exercise."""
        return self.answers / f"{exercise.id}.sql"

    def begin(self, exercise: Exercise) -> tuple[Path, bool]:
        """The answer file, made from the starter when there is none; and whether it was made now."""
        path = self.answer(exercise)
        self.answers.mkdir(parents=True, exist_ok=True)
        starter = exercise.starter.read_text(encoding="utf-8")
        try:
            # Exclusive creation: two processes cannot both begin, and an answer is never overwritten.
            file = path.open("x", encoding="utf-8")
        except FileExistsError:
            return path, False
        try:
            with file:
                file.write(starter)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path, True

    def reset(self, exercise: Exercise) -> Path | None:
        """Put the starter back; returns the backup of the old answer, None when there was none."""
        path, made = self.begin(exercise)
        if made:
            return None
        backup = _unused(path.with_name(f"{path.name}.{time.strftime('%Y%m%d-%H%M%S')}.bak"))
        path.rename(backup)
        self.begin(exercise)
        return backup


def _unused(path: Path) -> Path:
    number = 2
    candidate = path
    while candidate.exists():
        candidate = path.with_name(f"{path.name}{number}")
        number += 1
    return candidate


def create(root: Path, data: str) -> tuple[Workspace, bool]:
    """A workspace in `root`, and whether it was made now; what is already there is kept."""
    root.mkdir(parents=True, exist_ok=True)
    made = not (root / SETTINGS).exists()
    if made:
        unfinished = root / f"{SETTINGS}.{os.getpid()}.incoming"
        unfinished.write_text(TEMPLATE.format(data='"' + data.replace("\\", "\\\\").replace('"', '\\"') + '"'))
        unfinished.replace(root / SETTINGS)
    workspace = read(root)
    workspace.answers.mkdir(exist_ok=True)
    return workspace, made


def find(start: Path | None = None) -> Workspace | None:
    """The workspace of a folder: the nearest one upwards that has settings, itself or in `data/`."""
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        for root in (folder, folder / "data"):
            if (root / SETTINGS).is_file():
                return read(root)
    return None


def needed() -> Workspace:
    """The workspace here; Mistake when there is none."""
    workspace = find()
    if workspace is None:
        raise Mistake("This folder is not a laglead workspace. Make one: laglead init practice && cd practice")
    return workspace


def read(root: Path) -> Workspace:
    """The workspace in `root`; Mistake when its settings are broken."""
    file = root / SETTINGS
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8")).get("workspace", {}).get("data", "data")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Mistake(f"{file}: not TOML ({error}). Mend it, or remove it and run: laglead init {root}") from error
    if not isinstance(data, str):
        raise Mistake(f'{file}: [workspace] data must be a text, not {data!r}. Write: data = "data"')
    return Workspace(root, (root / data).resolve())


def shown(path: Path) -> str:
    """`path` as a person would type it from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
