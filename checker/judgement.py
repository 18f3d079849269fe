"""From one query and the accepted readings to a verdict: worlds first, then the log, then the order."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from checker import log_comparison, worlds
from checker.compare import Residue
from checker.errors import CheckerError
from checker.later import later
from checker.log_comparison import LogAnswer, LogDifference
from checker.query_run import QueryStopped
from checker.reference import Reference
from checker.result import Shape
from checker.sides import Sides
from checker.small_run import SmallRun
from checker.verdict import Counterexample, Differs, Nondeterministic, Passed, Score, Verdict
from checker.worlds import Outcome, WorldsJudgement

if TYPE_CHECKING:
    from checker import counterexample, diagnose, instability
    from checker.counterexample import Confirmed
else:
    counterexample, diagnose, instability = (
        later(f"checker.{name}") for name in ("counterexample", "diagnose", "instability")
    )

SHARE_FOR_WORLDS = 0.6
SHARE_FOR_DOUBT = 0.25
ORDERED_WORLDS = 40
MOST_DOUBTED = 30
MISTAKE = "-- mistake:"
MIXED = "The answer mixes accepted readings: it follows one of them on some data and another elsewhere. Decide for one."
UNSTABLE_LOG = "the practice log was not compared: the expected answer itself changes there from run to run"


@dataclass(frozen=True, slots=True)
class Case:
    """An answer under one reading: both queries and how the answer did on the worlds."""

    sides: Sides
    answer: SmallRun
    judgement: WorldsJudgement


def decide(readings: Sequence[Reference], sides: Sides, seconds: float) -> Verdict:
    """The verdict of an answer that is bound and meets the contract; QueryStopped when it does not come to its end."""
    wanted = sorted({world for reading in readings for pair in reading.expected().pairs for world in pair})
    answer = sides.answer.in_worlds(wanted, seconds=seconds * SHARE_FOR_WORLDS, stop_at_failure=True)
    if answer.failures:
        world, why = answer.failures[0]
        raise QueryStopped(why, world=world)
    cases = _judged(readings, sides, answer)
    if any(case.judgement.passed for case in cases):
        return on_log(cases)
    found = _on_worlds(cases[0])
    if found is None:
        # What isolation does not confirm may be the join's fault: now every world in isolation.
        answer = sides.answer.in_worlds(wanted, seconds=seconds * SHARE_FOR_DOUBT, stop_at_failure=False, isolated=True)
        cases = _judged(readings, sides, answer)
        found = None if cases[0].judgement.passed else _on_worlds(cases[0], most=MOST_DOUBTED)
    return on_log(cases) if found is None else _with_log(_mixed(found, cases), cases[0])


def _judged(readings: Sequence[Reference], sides: Sides, answer: SmallRun) -> list[Case]:
    """The answer under every reading, the nearest reading first."""
    cases = [
        Case(
            replace(sides, reference=reading),
            answer,
            worlds.judge(answer, reading, sides.contract, sides.exercise.tolerance),
        )
        for reading in readings
    ]
    return sorted(cases, key=lambda case: case.judgement.failing)


def _on_worlds(case: Case, most: int | None = None) -> Differs | Nondeterministic | None:
    """A verdict that the worlds prove, None when no difference is confirmed."""
    judged = case.judgement
    ways = [(judged.unstable, Outcome.UNSTABLE), (judged.wrong, Outcome.WRONG)]
    for pairs, wanted in sorted(ways, key=lambda way: -len(way[0])):
        found = counterexample.from_worlds(case.sides, pairs, wanted, most=most or counterexample.MOST_TRIED)
        if found is not None and wanted is Outcome.WRONG:
            return _differs(case, found)
        if found is not None:
            return _wrong_besides(case, _unstable(case, found))
    return None


def _wrong_besides(case: Case, unstable: Nondeterministic) -> Nondeterministic:
    """Where the answer is wrong on rows in every order, too, no tie is to blame: then it is said what is."""
    sides = case.sides
    found = counterexample.from_worlds(sides, case.judgement.wrong, Outcome.WRONG)
    again = found and counterexample.confirm(sides, found.origin, found.pieces, found.source)
    if again is None or again.varies or not again.shows(Outcome.WRONG):
        return unstable
    why = _differs(case, again).message
    besides = f"That alone does not mend it, for it is wrong where nothing ties, too: {why[0].lower()}{why[1:]}"
    return replace(unstable, message=f"{unstable.message} {besides}")


def _unstable(case: Case, found: Confirmed) -> Nondeterministic:
    shown = counterexample.show(found, case.sides)
    return Nondeterministic(instability.message(_shape(case).loose_ends, shown), shown)


def _shape(case: Case) -> Shape:
    with contextlib.suppress(QueryStopped):
        return case.sides.answer.shape()
    return Shape((), ordered=True, limited=True)


def _differs(case: Case, confirmed: Confirmed) -> Differs:
    contract, tolerance = case.sides.contract, case.sides.exercise.tolerance
    scores = (case.judgement.score(passed=False),)
    shown = counterexample.show(confirmed, case.sides)
    if not confirmed.left:
        return _out_of_order(case, confirmed.falls, scores, shown)
    why = diagnose.difference(confirmed.actual, confirmed.expected, confirmed.left, contract, tolerance)
    known = _known_mistake(case)
    message, reasons = (known, (why.message, *why.reasons)) if known else (why.message, why.reasons)
    return Differs(message, why.kind, scores, shown, reasons, contract.warnings)


def _with_log(found: Differs | Nondeterministic, case: Case) -> Verdict:
    """The same verdict with the log's score beside it, if the log can still be run."""
    if isinstance(found, Nondeterministic):
        return found
    try:
        log = LogAnswer(case.sides.answer, *case.sides.answer.on_log())
        passed = not log.falls and _agrees(log, case)
        score = log_comparison.score(log, case.sides.reference, passed=passed)
    except (QueryStopped, CheckerError):
        return replace(found, warnings=(*found.warnings, "the practice log was not run to its end"))
    return replace(found, scores=(score, *found.scores))


def on_log(cases: Sequence[Case]) -> Verdict:
    """The verdict of an answer that the worlds do not reject: a reading that the worlds accept must hold on the log.

    Where the worlds accept none for certain, the nearest one must.
    """
    run = cases[0].sides.answer
    log = LogAnswer(run, *run.on_log())
    passing = [case for case in cases if case is cases[0] or case.judgement.passed]
    differences = []
    for case in passing:
        different = _compare(log, case)
        if different is None:
            return _ordered(case, log)
        differences.append((case, different))
    case, different = differences[0]
    if not case.sides.reference.is_stable_on_log():
        return _passed(case, (case.judgement.score(passed=True),), UNSTABLE_LOG)
    elsewhere = [other for other in cases if other not in passing and _compare(log, other) is None]
    found = _log_differs(case, log, different)
    if isinstance(found, Nondeterministic) or not elsewhere:
        return found
    return replace(found, message=MIXED, reasons=(found.message, *found.reasons))


def _mixed(found: Differs | Nondeterministic, cases: Sequence[Case]) -> Differs | Nondeterministic:
    """Say so when every world follows one of the accepted readings, but not all of them the same."""
    agreeing = [set(case.judgement.agreeing) for case in cases]
    judged = agreeing[0] | set(cases[0].judgement.wrong) | set(cases[0].judgement.unstable)
    if isinstance(found, Nondeterministic) or len(cases) < 2 or not judged <= set().union(*agreeing):
        return found
    counts = " and ".join(str(len(pairs)) for pairs in agreeing)
    reasons = (f"of {len(judged)} small databases the readings hold on {counts}", found.message, *found.reasons)
    return replace(found, message=MIXED, reasons=reasons)


def _agrees(log: LogAnswer, case: Case) -> bool:
    sides = case.sides
    return log_comparison.agrees(log, sides.reference, sides.contract, sides.exercise.tolerance)


def _compare(log: LogAnswer, case: Case) -> LogDifference | None:
    return log_comparison.compare(log, case.sides.reference, case.sides.contract, case.sides.exercise.tolerance)


def _log_differs(case: Case, log: LogAnswer, different: LogDifference) -> Differs | Nondeterministic:
    sides = case.sides
    scores = (log_comparison.score(log, sides.reference, passed=False), case.judgement.score(passed=True))
    actual, expected = different.left.actual, different.left.expected
    left = Residue(tuple(range(len(actual))), tuple(range(len(expected))))
    confirmed = None
    with contextlib.suppress(QueryStopped, CheckerError):  # the rows of the log say enough
        confirmed = counterexample.from_log(sides, (*actual, *expected))
    if confirmed is not None and not confirmed.always:
        return _unstable(case, confirmed)
    if confirmed is not None:
        actual, expected, left = tuple(confirmed.actual), tuple(confirmed.expected), confirmed.left
    why = diagnose.difference(actual, expected, left, sides.contract, sides.exercise.tolerance)
    counts = f"{different.actual_total} rows on the practice log, expected {different.expected_total}"
    shown = None if confirmed is None else counterexample.show(confirmed, sides)
    return Differs(why.message, why.kind, scores, shown, (counts, *why.reasons), sides.contract.warnings)


def _ordered(case: Case, log: LogAnswer) -> Differs | Passed:
    """Right as a bag: now the declared order, on the log and on the worlds with most rows."""
    sides = case.sides
    scores = (log_comparison.score(log, sides.reference, passed=not log.falls), case.judgement.score(passed=True))
    if sides.exercise.order.by:
        found = _fallen_world(case)
        if found is not None or log.falls:
            shown = None if found is None else counterexample.show(found, sides)
            return _out_of_order(case, log.falls or (found.falls if found else 0), scores, shown)
    return _passed(case, scores)


def _passed(case: Case, scores: tuple[Score, ...], *more: str) -> Passed:
    warnings = (*case.sides.contract.warnings, *more, *_about_order(case))
    if case.judgement.total < case.judgement.dropped:
        warnings = (*warnings, f"only {case.judgement.total} small databases could be compared")
    if case.judgement.skipped:
        left = f"time left out {case.judgement.skipped} small databases, or their second row order"
        warnings = (*warnings, f"{left}: a faster query is judged on all of them")
    where = "" if more else "on the practice log and "
    message = f"Right: the same rows {where}in {case.judgement.total} worlds, tiny databases made to trip it."
    return Passed(message, scores, warnings)


def _about_order(case: Case) -> tuple[str, ...]:
    shape, declared = _shape(case), case.sides.exercise.order.by
    if declared and not shape.ordered:
        return ("nothing in the query asks for the declared order: it came out right by luck; end with ORDER BY",)
    if not declared and shape.ordered and not shape.limited:
        return ("the exercise asks for no order: the ORDER BY at the end is surplus",)
    return ()


def _fallen_world(case: Case) -> Confirmed | None:
    """A small database on which the answer's order falls; a join keeps no order, so some are run in isolation."""
    digests = case.answer.digests
    largest = sorted((world for world in digests if digests[world][0] > 1), key=lambda world: -digests[world][0])
    return counterexample.out_of_order(case.sides, largest[:ORDERED_WORLDS])


def _out_of_order(case: Case, falls: int, scores: tuple[Score, ...], shown: Counterexample | None) -> Differs:
    keys = ", ".join(f"{name} DESC" if falling else name for name, falling in case.sides.exercise.order.by)
    message = f"The rows are right but not in the declared order. End with ORDER BY {keys}."
    reasons = (f"{falls} rows stand below where the sort keys put them",)
    return Differs(message, "order", scores, shown, reasons, case.sides.contract.warnings)


def _known_mistake(case: Case) -> str | None:
    """The first line of the `wrong/` answer that gives the same result on every world, if there is one.

    All of them are tried, however long that takes: what is said of an answer is the same on every machine.
    """
    expected = case.sides.reference.expected()
    judged = [world for pair in expected.pairs for world in pair if world in case.answer.evaluated]
    with contextlib.closing(_mistakes(case.sides)) as mistakes:
        for text, wrong in mistakes:
            with wrong, contextlib.suppress(CheckerError):
                theirs = wrong.expected().worlds
                if all(case.answer.digests.get(world) == theirs.get(world) for world in judged):
                    return text
    return None


def _mistakes(sides: Sides) -> Generator[tuple[str, Reference], None, None]:
    """What each known mistake is called, and its query; the process of the next one starts while one is judged."""
    ahead: list[tuple[str, Reference]] = []
    with contextlib.ExitStack() as stack:
        for path in sides.exercise.wrong:
            if (text := mistake(path)) is not None:
                ahead.append((text, stack.enter_context(sides.reference.sibling(path))))
            if len(ahead) > 1:
                yield ahead.pop(0)
        yield from ahead


def mistake(path: Path) -> str | None:
    """What a `wrong/` answer says of the mistake that it makes; None when it says nothing."""
    line = path.read_text(encoding="utf-8").split("\n", 1)[0].strip()
    return line.removeprefix(MISTAKE).strip() if line.startswith(MISTAKE) else None
