"""The table as one page that needs no network and no script: a verdict's button opens what is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template

from checker.verdict import Counterexample, Rows
from laglead import __version__, cellview
from laglead.grading.gradebook import Answered, Gradebook, Summary
from laglead.grading.outcome import Outcome
from laglead.grading.similarity import NOTE, THRESHOLD, Group
from laglead.terminal import clean

PAGE, STYLE = (Path(__file__).with_name(f"page.{kind}").read_text(encoding="utf-8") for kind in ("html", "css"))
MOST_CODE = 4_000
# Told apart without colour, on paper too.
SIGNS = {
    "passed": "✓ passed",
    "differs": "✗ differs",
    "error": "! error",
    "refused": "⊘ refused",
    "timeout": "… timeout",
    "nondeterministic": "≠ varies",
    "unjudged": "? unjudged",
}
LEGEND = (
    "Press a verdict to see its message, the smallest rows that prove it, and the answer. "
    "≠ varies: the answer gives other rows when the same input comes in another order. – is missing."
)


def report(book: Gradebook) -> str:
    """A whole HTML document."""
    panels = _panels(book)
    return Template(PAGE).substitute(
        title=_said(f"Grades of {book.name}"),
        style=STYLE,
        facts=_facts(book),
        exercises="\n".join(map(_exercise, book.summaries)),
        legend=_said(LEGEND),
        heads="".join(_head(summary) for summary in book.summaries),
        learners="\n".join(_learner(book, learner, panels) for learner in book.learners),
        lists=_similar(book) + _list("Not judged", [(s.shown, s.reason) for s in book.strays]),
        details="\n".join(_panel(f"a{number}", cell) for number, cell in enumerate(_different(book))),
        version=_said(__version__),
        seed=book.seed,
        digest=_said(book.digest),
    )


def _said(text: str) -> str:
    """Text for a page: whatever could redraw it or leave it is written out."""
    return escape(clean(text.encode(errors="backslashreplace").decode()))


def _facts(book: Gradebook) -> str:
    answered, passed = sum(s.answered for s in book.summaries), sum(s.passed for s in book.summaries)
    return (
        f"{len(book.learners):,} learners, {len(book.summaries):,} exercises, {answered:,} answers, {passed:,} passed"
    )


def _exercise(summary: Summary) -> str:
    share = 100 * summary.passed // summary.answered if summary.answered else 0
    common = summary.common[0] if summary.common else None
    mistake = "" if common is None else f"{_said(common.words)} <span class='note'>({common.count})</span>"
    return (
        f"<tr><td>{_said(summary.exercise.number)} {_said(summary.exercise.id)}</td>"
        f'<td class="number">{summary.passed} of {summary.answered}</td>'
        f'<td><div class="bar"><i style="width:{share}%"></i></div></td><td>{mistake}</td></tr>'
    )


def _head(summary: Summary) -> str:
    title = _said(summary.exercise.title)
    return f'<th scope="col" title="{title}">{_said(summary.exercise.id).replace("_", "_<wbr>")}</th>'


Key = tuple[str, Outcome, str]


def _key(cell: Answered) -> Key:
    return cell.submission.exercise.id, cell.outcome, cell.text


def _different(book: Gradebook) -> list[Answered]:
    """One cell for each thing that there is to say: identical answers share what is behind their buttons."""
    found: dict[str, Answered] = {}
    for cell in book.cells.values():
        found.setdefault(repr(_key(cell)), cell)
    return list(found.values())


def _panels(book: Gradebook) -> dict[str, str]:
    return {repr(_key(cell)): f"a{number}" for number, cell in enumerate(_different(book))}


def _learner(book: Gradebook, learner: str, panels: dict[str, str]) -> str:
    cells = "".join(_cell(book, book.cell(learner, summary.exercise), panels) for summary in book.summaries)
    score = f"{book.passed(learner)} of {len(book.summaries)}"
    return f'<tr><th scope="row">{_said(learner)}</th><td class="number">{score}</td>{cells}</tr>'


def _cell(book: Gradebook, cell: Answered | None, panels: dict[str, str]) -> str:
    if cell is None:
        return '<td class="missing">–</td>'
    group = book.group(cell.submission.learner, cell.submission.exercise)
    badge = "" if group is None else f'<sup title="similar to {_said(group.name)}, see below">≈</sup>'
    word, panel = cell.outcome.verdict, panels[repr(_key(cell))]
    return f'<td><button class="{word}" popovertarget="{panel}">{SIGNS[word]}{badge}</button></td>'


def _panel(name: str, cell: Answered) -> str:
    outcome, exercise = cell.outcome, cell.submission.exercise
    details = "".join(f"<p>{_said(text)}</p>" for text in outcome.details)
    return (
        f'<div popover id="{name}">'
        f'<button class="close" popovertarget="{name}" popovertargetaction="hide">close</button>'
        f"<h3>{_said(exercise.number)} {_said(exercise.title)}</h3>"
        f'<p><span class="word {outcome.verdict}">{SIGNS[outcome.verdict]}</span> {_said(outcome.message)}</p>'
        f"{details}{_example(outcome.example)}{_code(cell)}</div>"
    )


def _example(example: Counterexample | None) -> str:
    if example is None:
        return ""
    inputs = "".join(f"<h4>{_said(name)}</h4>{_rows(rows)}" for name, rows in example.tables.items())
    return (
        f"<h4>the smallest input found on which it differs</h4>{inputs}"
        f"<h4>the answer gives</h4>{_rows(example.actual, example.actual_marks)}"
        f"<h4>expected</h4>{_rows(example.expected, example.expected_marks)}"
    )


def _rows(rows: Rows, marks: frozenset[tuple[int, int]] = frozenset()) -> str:
    heads = "".join(f"<th>{_said(name)}</th>" for name in rows.columns)
    body = "".join(
        "<tr>" + "".join(_value(value, rows.types[c], marked=(r, c) in marks) for c, value in enumerate(row)) + "</tr>"
        for r, row in enumerate(rows.rows)
    )
    rest = "more rows" if rows.truncated else "no rows" if not rows.rows else ""
    note = f'<p class="note">({rest})</p>' if rest else ""
    return f'<div class="rows"><table><tr>{heads}</tr>{body}</table>{note}</div>'


def _value(value: str | None, kind: str, *, marked: bool) -> str:
    text = _said(cellview.cell(value, kind))
    return f'<td class="mark">{text}*</td>' if marked else f"<td>{text}</td>"


def _code(cell: Answered) -> str:
    if not cell.text:
        return ""
    place = cell.outcome.location
    where = "" if place is None else f", the place is line {place.line}, column {place.column}"
    text = cell.text.replace("\r\n", "\n").replace("\r", "\n")
    shown = text if len(text) <= MOST_CODE else text[:MOST_CODE] + "\n…"
    return f"<h4>the answer{where}</h4><pre>{_said(shown)}</pre>"


def _similar(book: Gradebook) -> str:
    lines = [(g.exercise, ", ".join(g.learners) + f" ({_alike(g)})") for g in book.groups]
    return _list(f"Similar answers (≈, at least {100 * THRESHOLD:.0f} % alike: {NOTE})", lines)


def _alike(group: Group) -> str:
    return "all but names and layout the same" if group.least == 1 else f"at least {100 * group.least:.0f} % alike"


def _list(title: str, lines: Sequence[tuple[str, str]]) -> str:
    return f"<h2>{_said(title)}</h2>\n<ul>\n{_items(lines)}</ul>\n" if lines else ""


def _items(lines: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<li><b>{_said(name)}</b>: {_said(text)}</li>\n" for name, text in lines)
