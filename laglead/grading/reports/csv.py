"""The table as a spreadsheet reads it: a line a learner, a column an exercise, the verdict's word in each cell."""

from __future__ import annotations

import csv
import io

from laglead.grading.gradebook import Gradebook
from laglead.terminal import clean

# A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MISSING = "missing"


def report(book: Gradebook) -> str:
    """learner, passed, of, then the ids of the exercises; UTF-8 text with lines that end in LF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    ids = [summary.exercise.id for summary in book.summaries]
    writer.writerow(["learner", "passed", "of", *ids])
    for learner in book.learners:
        cells = [book.cell(learner, summary.exercise) for summary in book.summaries]
        words = [MISSING if one is None else one.outcome.verdict for one in cells]
        writer.writerow([_plain(learner), book.passed(learner), len(ids), *words])
    return text.getvalue()


def _plain(text: str) -> str:
    shown = clean(text.encode(errors="backslashreplace").decode())
    return f"'{shown}" if shown.startswith(FORMULA) else shown
