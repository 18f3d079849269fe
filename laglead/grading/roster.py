"""Reads who handed in what: one folder a learner, in it one file an exercise.

Nothing in the folder is followed, opened or believed here: links and devices are only named, and what is
neither an answer nor a folder is listed for the teacher.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from checker.exercise import Exercise
from laglead.errors import Mistake
from laglead.grading.file_names import exercise_of, is_sql, nearest
from laglead.terminal import clean

MOST_FILES = 2_000
DEEPEST = 8
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Submission:
    """A learner's answer to an exercise; `shown` is its path below the class's folder, with slashes."""

    learner: str
    exercise: Exercise
    path: Path
    shown: str

    @property
    def place(self) -> tuple[str, str]:
        """The learner and the exercise: there is one submission for each."""
        return self.learner, self.exercise.id


@dataclass(frozen=True, slots=True)
class Stray:
    """What was found and is not judged, and why."""

    shown: str
    reason: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Learners by name, their answers by exercise and learner, and what else lay there."""

    folder: Path
    learners: tuple[str, ...]
    submissions: tuple[Submission, ...]
    strays: tuple[Stray, ...]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises that anybody answered, each once."""
        return tuple({submission.exercise.id: submission.exercise for submission in self.submissions}.values())


def read(folder: Path, exercises: Sequence[Exercise]) -> Roster:
    """The roster of a class; Mistake when there is no learner, or no answer that could be judged."""
    if not folder.is_dir():
        raise Mistake(f"{folder}: there is no such folder. Name one with a folder for each learner.")
    learners: list[str] = []
    submissions: list[Submission] = []
    strays: list[Stray] = []
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            learners.append(entry.name)
            found, rest = _answers(entry, exercises)
            submissions += found
            strays += rest
        else:
            strays.append(Stray(entry.name, "it lies beside the learners' folders: put it into one"))
    if not submissions:
        raise Mistake(_nothing(folder, learners, strays))
    order = {exercise.id: place for place, exercise in enumerate(exercises)}
    submissions.sort(key=lambda one: order[one.exercise.id])
    return Roster(folder, tuple(learners), tuple(submissions), tuple(strays))


def _entries(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    """What lies in a folder, hidden files apart, by name whatever the file system's order is."""
    with os.scandir(folder) as found:
        kept = [entry for entry in found if not entry.name.startswith((".", "__MACOSX"))]
    return sorted(kept, key=lambda entry: (entry.name.casefold(), entry.name))


def _nothing(folder: Path, learners: Sequence[str], strays: Sequence[Stray]) -> str:
    if not learners:
        return (
            f"{folder}: there is no learner's folder in it. Put answers at LEARNER/ID.sql, such as ana/think_time.sql"
        )
    named = [f"\n  {clean(stray.shown)}: {stray.reason}" for stray in strays[:MOST_NAMED]]
    more = f"\n  and {len(strays) - MOST_NAMED} more" if len(strays) > MOST_NAMED else ""
    return f"{folder}: no answer to an exercise is in it. Name answers ID.sql: laglead list{''.join(named)}{more}"


def _answers(learner: os.DirEntry[str], exercises: Sequence[Exercise]) -> tuple[list[Submission], list[Stray]]:
    """One answer an exercise: the one that lies least deep, is named by the bare id, comes first by name."""
    candidates: list[tuple[tuple[int, bool, str], Submission]] = []
    files, strays = _files(learner)
    for found in files:
        shown = _shown(learner, found)
        exercise = exercise_of(found.name, exercises) if is_sql(found.name) else None
        if exercise is None:
            strays.append(Stray(shown, _why_not(found.name, exercises)))
            continue
        rank = (shown.count("/"), found.name != f"{exercise.id}.sql", shown)
        candidates.append((rank, Submission(learner.name, exercise, Path(found.path), shown)))
    chosen: dict[str, Submission] = {}
    for _, one in sorted(candidates, key=lambda candidate: candidate[0]):
        first = chosen.setdefault(one.exercise.id, one)
        if first is not one:
            strays.append(Stray(one.shown, f"a second answer to {one.exercise.id}: {first.shown} is judged"))
    return list(chosen.values()), strays


def _shown(learner: os.DirEntry[str], found: os.DirEntry[str]) -> str:
    return f"{learner.name}/{Path(found.path).relative_to(learner.path).as_posix()}"


def _why_not(name: str, exercises: Sequence[Exercise]) -> str:
    if not is_sql(name):
        return "not an .sql file"
    near = nearest(name, exercises)
    return "there is no exercise of that name" + (f": did you mean {near}.sql?" if near else "")


def _files(learner: os.DirEntry[str]) -> tuple[list[os.DirEntry[str]], list[Stray]]:
    """What is no folder in the learner's folder and those within, and which of it is not looked at."""
    strays: list[Stray] = []

    def within(folder: os.DirEntry[str], depth: int) -> Iterator[os.DirEntry[str]]:
        try:
            entries = _entries(folder)
        except OSError as error:
            strays.append(Stray(folder.name, f"it cannot be read ({error.strerror})"))
            return
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield entry
            elif depth < DEEPEST:
                yield from within(entry, depth + 1)
            else:
                strays.append(Stray(_shown(learner, entry), f"folders {DEEPEST} deep are not looked at"))

    found = list(islice(within(learner, 1), MOST_FILES + 1))
    if len(found) > MOST_FILES:
        strays.append(Stray(learner.name, f"more than {MOST_FILES:,} files: the rest is not looked at"))
    return found[:MOST_FILES], strays
