"""One check of the learner's own answer: what is written down of it, and what to do next."""

from __future__ import annotations

import hashlib
import sys

from checker.exercise import Exercise
from checker.verdict import Report
from laglead import curriculum
from laglead.progress import Event, named, record, standings
from laglead.workspace import Workspace


def note(here: Workspace, exercise: Exercise, report: Report, *, seed: int | None = None) -> None:
    """Write an attempt down; a starter that nobody touched is none."""
    if is_starter(exercise, report.sql):
        return
    facts = {"verdict": report.verdict.outcome, "answer": digest(report.sql)}
    try:
        record(here.progress, exercise, Event.ATTEMPT, **facts, **({} if seed is None else {"seed": seed}))
    except OSError as error:  # a verdict is worth more than its place in the list
        print(f"{here.progress.name}: {error.strerror}; this attempt is not written down.", file=sys.stderr)


def digest(sql: str) -> str:
    """What tells two texts of an answer apart, in few characters."""
    return hashlib.sha256(sql.encode(errors="surrogatepass")).hexdigest()[:16]


def is_starter(exercise: Exercise, sql: str) -> bool:
    """Whether the text is still the starter, but for spaces at its ends."""
    return bool(sql) and sql.strip() == exercise.starter.read_text(encoding="utf-8-sig").strip()


def upcoming(here: Workspace, exercise: Exercise) -> Exercise | None:
    """The next exercise that is not solved; None when all are."""
    tried, candidates = named(here.progress), list[Exercise]()
    for other in curriculum.others(exercise):
        candidates.append(other)
        if other.id not in tried:
            break  # it is not solved: no need to read further
    where = standings(here.progress, candidates)
    return next((other for other in candidates if not where[other.id].is_solved), None)


def to_go_on_with(here: Workspace) -> Exercise | None:
    """What was tried last and is not solved, else the first that is not solved; None when all are."""
    where = standings(here.progress, curriculum.exercises())
    unsolved = [exercise for exercise in curriculum.exercises() if not where[exercise.id].is_solved]
    return max(unsolved, key=lambda exercise: where[exercise.id].last_at, default=None)
