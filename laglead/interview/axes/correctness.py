"""Correctness: the verdict on each query, and how it does on small databases of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.world_kinds import WorldKind
from laglead.interview.finding import Axis, Finding, bad, good, listed, note
from laglead.interview.part import Part
from laglead.interview.record import QUERIES, Answered, Record

ORDER = 20
MOST_FINDINGS = 4
CONTAINS = {
    WorldKind.PLAIN: "plain: none of the below",
    WorldKind.NULL: "null: a NULL in a column that matters",
    WorldKind.TIE: "tie: two rows at the same moment",
    WorldKind.BOUNDARY: "boundary: values on and beside the limit",
    WorldKind.DUPLICATE: "duplicate: two rows alike but for their number",
}


def axis(record: Record) -> Axis:
    """A finding for each query, and one for each kind of small database."""
    answers = {part: record.answered(part) for part in QUERIES}
    findings = [one for part, answered in answers.items() for one in _of_part(record, part, answered)]
    return Axis("Correctness", _words(answers.values()), tuple(findings))


def _of_part(record: Record, part: Part, answered: Answered | None) -> Iterator[Finding]:
    if answered is None:
        yield bad(f"{part.title}: nothing was handed in")
        return
    at = f"handed in at {record.clock(answered.at)}, {answered.rows:,} rows on the practice log"
    if answered.passed:
        yield good(f"{part.title}: right, on the practice log and on the small databases", at)
    else:
        yield bad(f"{part.title}: {answered.message or answered.outcome}", at)
    for score in answered.kinds:
        told = good if score.agreeing == score.total else bad
        yield told(CONTAINS[score.kind], share=(score.agreeing, score.total))
    for text in answered.findings[:MOST_FINDINGS]:
        yield note(text)


def _words(answers: Iterable[Answered | None]) -> str:
    handed_in = [one for one in answers if one is not None]
    if not handed_in:
        return "Nothing was handed in."
    right = [one.part.title.lower() for one in handed_in if one.passed]
    wrong = [one.part.title.lower() for one in handed_in if not one.passed]
    parts = [f"{listed(right)} {'is' if len(right) == 1 else 'are'} right" if right else ""]
    parts += [f"{listed(wrong)} {'is' if len(wrong) == 1 else 'are'} not{'' if right else ' right'}" if wrong else ""]
    failing = {score.kind.value for one in handed_in for score in one.kinds if score.agreeing < score.total}
    where = f"; what differs is on databases of the kinds {listed(sorted(failing))}" if failing else ""
    text = ", ".join(filter(None, parts)) + where + "."
    return text[0].upper() + text[1:]
