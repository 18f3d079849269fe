"""Outcomes that were found before: what a run that was stopped goes on from.

A line is keyed by everything that an outcome follows from, so that an answer, an exercise or a log that
changed is judged again, and the same answer by several learners once.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.process import engine_version
from laglead import __version__, journal
from laglead.grading import outcome as outcomes
from laglead.grading.outcome import Outcome

FORMAT = 1


class Kept:
    """The outcomes in a journal; what is put there is on the disk before `put` returns."""

    def __init__(self, file: Path, dataset: Dataset) -> None:
        self._file = file
        self._start = "\0".join((str(FORMAT), __version__, engine_version(), dataset.digest))
        self._contents: dict[str, str] = {}
        self._found: dict[str, Outcome] = {}
        for line in journal.read(file).lines:
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
                self._found[str(line["key"])] = outcomes.from_json(line["outcome"])

    def key(self, exercise: Exercise, sql: str) -> str:
        """What the outcome of this answer is kept under."""
        if exercise.id not in self._contents:
            self._contents[exercise.id] = _content(exercise)
        text = "\0".join((self._start, self._contents[exercise.id], sql))
        return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()

    def get(self, key: str) -> Outcome | None:
        """The outcome that is kept under a key."""
        return self._found.get(key)

    def put(self, key: str, exercise: Exercise, outcome: Outcome) -> None:
        """Keep an outcome; OSError when the disk does not."""
        line = {"key": key, "exercise": exercise.id, "outcome": outcomes.as_json(outcome)}
        journal.append(self._file, [line])
        self._found[key] = outcome


def _content(exercise: Exercise) -> str:
    """The exercise with the mistakes that it knows: their words are in outcomes."""
    digest = hashlib.sha256(exercise.content_hash().encode())
    for path in exercise.wrong:
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
