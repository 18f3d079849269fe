"""Everything that a gradebook holds, as one JSON object."""

from __future__ import annotations

import json
from typing import Any

from laglead import __version__
from laglead.grading.gradebook import Answered, Gradebook, Summary
from laglead.grading.outcome import as_json
from laglead.grading.similarity import NOTE, THRESHOLD, Group


def report(book: Gradebook) -> str:
    """The object in ASCII, with a line end."""
    return json.dumps(_whole(book), indent=1, ensure_ascii=True) + "\n"


def _whole(book: Gradebook) -> dict[str, Any]:
    return {
        "class": book.name,
        "laglead": __version__,
        "data": {"seed": book.seed, "digest": book.digest},
        "exercises": [_exercise(summary) for summary in book.summaries],
        "learners": [_learner(book, learner) for learner in book.learners],
        "similar": {"note": NOTE, "threshold": THRESHOLD, "groups": [_group(group) for group in book.groups]},
        "not_judged": [{"file": stray.shown, "reason": stray.reason} for stray in book.strays],
    }


def _exercise(summary: Summary) -> dict[str, Any]:
    return {
        "id": summary.exercise.id,
        "number": summary.exercise.number,
        "title": summary.exercise.title,
        "answered": summary.answered,
        "passed": summary.passed,
        "mistakes": [{"mistake": mistake.words, "count": mistake.count} for mistake in summary.common],
    }


def _learner(book: Gradebook, learner: str) -> dict[str, Any]:
    cells = {summary.exercise.id: book.cell(learner, summary.exercise) for summary in book.summaries}
    answers = {name: _answer(book, cell) for name, cell in cells.items() if cell is not None}
    missing = [name for name, cell in cells.items() if cell is None]
    return {"learner": learner, "passed": book.passed(learner), "answers": answers, "missing": missing}


def _answer(book: Gradebook, cell: Answered) -> dict[str, Any]:
    group = book.group(cell.submission.learner, cell.submission.exercise)
    similar = None if group is None else group.name
    return {"file": cell.submission.shown, **as_json(cell.outcome), "similar": similar}


def _group(group: Group) -> dict[str, Any]:
    return {"exercise": group.exercise, "learners": list(group.learners), "least": round(group.least, 3)}
