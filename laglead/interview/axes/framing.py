"""Framing: what had been decided about the questions, and was asked, stated or missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.exercise import Decision, Exercise
from laglead.interview.event import Event, Kind
from laglead.interview.finding import Axis, Finding, bad, counted, good, note
from laglead.interview.part import Part
from laglead.interview.record import QUERIES, Record

ORDER = 10


def axis(record: Record) -> Axis:
    """One finding for each decision of the parts that were seen, and for each question about something else."""
    findings: list[Finding] = []
    for part in QUERIES:
        if record.entered(part) is not None:
            findings += _of_part(record, part)
    return Axis("Framing", _words(findings), (*findings, *_readings(record), *_elsewhere(record)))


def _of_part(record: Record, part: Part) -> Iterator[Finding]:
    asked = [*record.session.of(Kind.ASKED, part), *_earlier(record, part, Kind.ASKED)]
    stated = [*record.session.of(Kind.ASSUMED, part), *_earlier(record, part, Kind.ASSUMED)]
    for decision in _decisions(record, part):
        where = f"({part.title.lower()}): {decision.question}"
        if said := _about(decision, asked):
            yield good(f"asked {where}", *_quoted(record, said))
        elif said := _about(decision, stated):
            yield good(f"stated {where}", *_quoted(record, said), f"decided: {decision.answer}")
        else:
            yield bad(f"missed {where}", f"decided: {decision.answer}")


def _earlier(record: Record, part: Part, kind: Kind) -> Sequence[Event]:
    """What was said about the flagship holds for its follow-up as well."""
    return record.session.of(kind, Part.FLAGSHIP) if part is Part.TWIST else ()


def _decisions(record: Record, part: Part) -> Sequence[Decision]:
    """The decisions of a part; of a follow-up those that are new."""
    known = _exercise(record, Part.FLAGSHIP).decisions if part is Part.TWIST else ()
    return [one for one in _exercise(record, part).decisions if one not in known]


def _exercise(record: Record, part: Part) -> Exercise:
    match part:
        case Part.WARM_UP:
            return record.plan.warm_up.exercise
        case Part.TWIST:
            return record.plan.twist.exercise
        case _:
            return record.plan.flagship.exercise


def _about(decision: Decision, said: Sequence[Event]) -> list[Event]:
    return [event for event in said if decision.question in event.facts.get("matched", ())]


def _quoted(record: Record, said: Sequence[Event]) -> list[str]:
    return [f'{record.clock(event.at)} "{event.facts["text"]}"' for event in said]


def _readings(record: Record) -> Iterator[Finding]:
    """Another reading of the question than the usual one passes; that it was taken must have been said."""
    for part in QUERIES:
        answered = record.answered(part)
        if answered is None or not answered.reading:
            continue
        said = [event for event in record.session.of(Kind.ASSUMED, part) if event.facts.get("matched")]
        text = f"{part.title}: the answer follows the accepted reading '{answered.reading}'"
        yield good(f"{text}, and you said so", *_quoted(record, said)) if said else bad(f"{text}, which you never said")


def _elsewhere(record: Record) -> Iterator[Finding]:
    for event in (*record.session.of(Kind.ASKED), *record.session.of(Kind.ASSUMED)):
        if not event.facts.get("matched") and not event.facts.get("column"):
            verb = "asked" if event.kind is Kind.ASKED else "stated"
            yield note(f"{verb}, with no decision behind it", *_quoted(record, [event]))


def _words(findings: Sequence[Finding]) -> str:
    if not findings:
        return "No question was seen."
    by = {verb: sum(one.text.startswith(f"{verb} ") for one in findings) for verb in ("asked", "stated", "missed")}
    return (
        f"Of {counted(len(findings), 'thing')} that had been decided about the questions, "
        f"you asked about {by['asked']}, stated {by['stated']} yourself and missed {by['missed']}."
    )
