"""Verification: what the exploring queries looked at, and whether the rows expose the colleague's mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.traits import Look
from laglead.interview.event import Kind
from laglead.interview.finding import Axis, Finding, bad, counted, good, listed, note
from laglead.interview.part import Part
from laglead.interview.record import Explored, Record
from laglead.terminal import shorten

ORDER = 30
WANTED = (Look.ROW_COUNT, Look.NULL_SHARE, Look.FAN_OUT)
MOST_QUERIES = 3
LONGEST = 160


def axis(record: Record) -> Axis:
    """A finding for each thing to look at, and one for the review."""
    looked = [one for one in record.explored if one.looks and not one.is_answer]
    seen = {look: [one for one in looked if look in one.looks] for look in Look}
    findings = [_seen(record, look, seen[look]) for look in WANTED]
    findings += [_seen(record, look, seen[look]) for look in Look if look not in WANTED and seen[look]]
    return Axis("Verification", _words(record, looked, seen), (*findings, *_answers(record), *_review(record)))


def _seen(record: Record, look: Look, queries: Sequence[Explored]) -> Finding:
    if not queries:
        return bad(f"{look.value}: nobody looked")
    shown = [f"{record.clock(one.at)} {_line(one.sql)}" for one in queries[:MOST_QUERIES]]
    told = good if look in WANTED else note
    return told(f"{look.value}: {counted(len(queries), 'query')}", *shown)


def _line(sql: str) -> str:
    return shorten(" ".join(sql.split()), LONGEST)


def _answers(record: Record) -> Iterator[Finding]:
    """Whether an answer was looked at before it was handed in."""
    for one in record.explored:
        if one.is_answer:
            yield good(f"{one.part.title}: the rows of the answer were looked at", f"at {record.clock(one.at)}")


def _review(record: Record) -> Iterator[Finding]:
    handed_in = record.session.of(Kind.SUBMITTED, Part.REVIEW)
    judged = record.judged(Part.REVIEW)
    mistake = f"the mistake: {judged.get('mistake', '')}"
    exposing = [event for event in handed_in if event.facts.get("differs")]
    if not exposing:
        tried = counted(len(handed_in), "try") if handed_in else "nothing was handed in"
        yield bad(f"A colleague's query: its mistake was not exposed ({tried})", mistake)
        return
    last = exposing[-1]
    rows, known = int(last.facts["rows"]), judged.get("known")
    beside = f"the smallest example we know has {known}" if known is not None else "no smaller example is known"
    said = f"A colleague's query: exposed with {counted(rows, 'row')}; {beside}"
    evidence = (f"handed in at {record.clock(last.at)}", mistake)
    small = known is None or rows <= int(known)
    yield good(said, *evidence) if small else note(said, *evidence)
    if not last.facts.get("always", True):
        yield note("The rows expose it in some orders only")


def _words(record: Record, looked: Sequence[Explored], seen: dict[Look, list[Explored]]) -> str:
    exposed = any(event.facts.get("differs") for event in record.session.of(Kind.SUBMITTED, Part.REVIEW))
    review = "The colleague's mistake was exposed." if exposed else "The colleague's mistake was not exposed."
    if not looked:
        return f"The data was never looked at. {review}"
    did = [look.value for look in WANTED if seen[look]]
    did_not = [look.value for look in WANTED if not seen[look]]
    what = f"looked at {listed(did)}" if did else "looked around"
    but = f", not at {listed(did_not, 'or')}" if did_not else ""
    return f"{counted(len(looked), 'query').capitalize()} {what}{but}. {review}"
