"""Traceability: whether somebody else can follow a row of the result back to the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.exercise import OutputColumn
from checker.traits import IDENTIFIES
from laglead.interview.finding import Axis, Finding, bad, counted, good, listed, note
from laglead.interview.part import Part
from laglead.interview.record import Answered, Record

ORDER = 40


def axis(record: Record) -> Axis:
    """Findings on steps, limits and evidence of the answers to the question and to its follow-up."""
    outputs = {Part.FLAGSHIP: record.plan.flagship.exercise.output, Part.TWIST: record.plan.twist.exercise.output}
    answers = [(answered, output) for part, output in outputs.items() if (answered := record.answered(part))]
    findings = [one for answered, output in answers for one in _of_answer(answered, output)]
    return Axis("Traceability", _words([answered for answered, _ in answers]), tuple(findings))


def _of_answer(answered: Answered, output: Sequence[OutputColumn]) -> Iterator[Finding]:
    yield from _steps(answered)
    yield from _limits(answered)
    carried = [column.name for column in output if column.name.endswith(IDENTIFIES)]
    if carried:
        yield note(f"{answered.part.title}: a row can be looked up by {listed(carried)}")
    lost = [step for step in answered.steps if not step.traceable]
    if lost:
        places = [f"{step.name}, line {step.line}" for step in lost]
        yield note(f"{answered.part.title}: {counted(len(lost), 'step')} without an identifier of the log", *places)


def _steps(answered: Answered) -> Iterator[Finding]:
    silent = [step for step in answered.steps if not step.commented]
    title, count = answered.part.title, len(answered.steps)
    if not count:
        yield note(f"{title}: one step, nothing to explain")
    elif silent:
        places = [f"{step.name}, line {step.line}" for step in silent]
        yield bad(f"{title}: {len(silent)} of {counted(count, 'step')} without a word of what it is for", *places)
    else:
        yield good(f"{title}: every one of {counted(count, 'step')} says what it is for")


def _limits(answered: Answered) -> Iterator[Finding]:
    named = [limit for limit in answered.thresholds if limit.named]
    bare = [limit for limit in answered.thresholds if not limit.named]
    if bare:
        places = [f"{limit.text}, line {limit.line}" for limit in bare]
        yield bad(f"{answered.part.title}: {counted(len(bare), 'limit')} without a name", *places)
    if named:
        places = [f"{limit.text}, line {limit.line}" for limit in named]
        yield good(f"{answered.part.title}: {counted(len(named), 'limit')} compared with by name", *places)


def _words(answers: Sequence[Answered]) -> str:
    if not answers:
        return "There is no query to trace."
    steps = [step for one in answers for step in one.steps]
    limits = [limit for one in answers for limit in one.thresholds]
    said = sum(step.commented for step in steps)
    named = sum(limit.named for limit in limits)
    parts = [f"Of {counted(len(steps), 'step')}, {said} with a word of what for" if steps else "There are no steps"]
    parts += [f"of {counted(len(limits), 'limit')}, {named} with a name" if limits else "no limit is compared with"]
    return "; ".join(parts) + "."
