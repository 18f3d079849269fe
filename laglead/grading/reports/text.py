"""A class at a glance, for a terminal: each exercise with what goes wrong most, then what needs a look."""

from __future__ import annotations

from collections.abc import Iterator

from laglead.grading.gradebook import Gradebook, Summary
from laglead.grading.similarity import NOTE, THRESHOLD
from laglead.terminal import cells, clean, pad, paint, shorten, width, wrapped

MOST_LISTED = 8
BAR = 10


def report(book: Gradebook) -> str:
    """Lines of the terminal's width."""
    return "\n".join(_lines(book))


def _lines(book: Gradebook) -> Iterator[str]:
    answered, passed = sum(s.answered for s in book.summaries), sum(s.passed for s in book.summaries)
    yield (
        f"{_counted(len(book.learners), 'learner')}, {_counted(len(book.summaries), 'exercise')}, "
        f"{_counted(answered, 'answer')}: {passed} passed"
    )
    yield paint(f"practice log of seed {book.seed}, digest {book.digest[:12]}", "dim")
    yield ""
    size = max(cells(_title(summary)) for summary in book.summaries)
    for summary in book.summaries:
        yield from _exercise(summary, size)
    yield from _listed(f"similar answers (at least {100 * THRESHOLD:.0f} % alike; {NOTE})", _similar(book))
    yield from _listed("not judged", [f"{stray.shown}: {stray.reason}" for stray in book.strays])
    yield from _listed(
        "no verdict, our fault", [f"{one.submission.shown}: {one.outcome.message}" for one in book.unjudged]
    )


def _title(summary: Summary) -> str:
    return f"{summary.exercise.number:>3}  {summary.exercise.id}"


def _exercise(summary: Summary, size: int) -> Iterator[str]:
    full = BAR * summary.passed // summary.answered if summary.answered else 0
    bar = paint("█" * full, "green") + "░" * (BAR - full)
    yield f"{pad(_title(summary), size)}  {bar}  {summary.passed:>3} of {summary.answered} passed"
    if summary.common:
        first = summary.common[0]
        said = wrapped(f"{first.count} x {clean(first.words)}", width() - 7, hanging="    ")
        yield from (f"       {line}" for line in said)


def _similar(book: Gradebook) -> list[str]:
    return [f"{group.exercise}: {', '.join(group.learners)}" for group in book.groups]


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield paint(title, "bold")
    yield from (shorten(f"  {clean(line)}", width()) for line in lines[:MOST_LISTED])
    if len(lines) > MOST_LISTED:
        yield f"  and {len(lines) - MOST_LISTED} more: they are in the files"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
