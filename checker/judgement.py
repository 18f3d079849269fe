"""From one query and the accepted readings to a verdict: worlds first, then the log, then the order."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checker import counterexample, diagnose, log_comparison, worlds
from checker.compare import Residue, residue
from checker.contract import Contract
from checker.counterexample import Confirmed, Sides
from checker.errors import CheckerError
from checker.log_comparison import LogAnswer, LogDifference
from checker.query_run import QueryRun, QueryStopped
from checker.reference import Reference
from checker.verdict import Counterexample, Differs, Nondeterministic, Passed, Score, Verdict
from checker.worlds import WorldsAnswer, WorldsJudgement

SHARE_FOR_WORLDS = 0.6
ORDERED_WORLDS = 8
MISTAKE = "-- mistake:"
UNSTABLE_LOG = "the practice log was not compared: the expected answer itself changes there from run to run"
SECONDS_FOR_MISTAKES = 2.0


@dataclass(frozen=True, slots=True)
class Case:
    """An answer under one reading: both queries and how the answer did on the worlds."""

    sides: Sides
    answer: WorldsAnswer
    judgement: WorldsJudgement


def decide(run: QueryRun, contract: Contract, readings: Sequence[Reference], sides: Sides, seconds: float) -> Verdict:
    """The verdict of an answer that is bound and meets the contract; QueryStopped when it does not come to its end."""
    wanted = sorted({world for reading in readings for pair in reading.expected().pairs for world in pair})
    digests, evaluated, failures = run.in_worlds(wanted, seconds=seconds * SHARE_FOR_WORLDS, stop_at_failure=True)
    if failures:
        world, why = failures[0]
        raise QueryStopped(why, world=world)
    answer = WorldsAnswer(run, digests, evaluated)
    tolerance = sides.exercise.tolerance
    cases = [
        Case(replace(sides, reference=reading), answer, worlds.judge(answer, reading, contract, tolerance))
        for reading in readings
    ]
    cases.sort(key=lambda case: len(case.judgement.wrong) + len(case.judgement.unstable))
    case = cases[0]
    found = _on_worlds(case)
    if found is not None:
        return _with_log(found, case)
    passing = [other for other in cases if other is case or other.judgement.passed]
    return _on_log(passing)


def _on_worlds(case: Case) -> Differs | Nondeterministic | None:
    """A verdict that the worlds prove, None when no difference is confirmed."""
    judged = case.judgement
    if judged.passed:
        return None
    mostly_unstable = len(judged.unstable) >= len(judged.wrong)
    if mostly_unstable and (found := _unstable(case)) is not None:
        return found
    confirmed = counterexample.confirm(case.sides, ({"world": world} for world in judged.wrong))
    if confirmed is not None:
        return _differs(case, confirmed)
    return None if mostly_unstable else _unstable(case)


def _unstable(case: Case) -> Nondeterministic | None:
    confirmed = counterexample.confirm_instability(case.sides, case.judgement.unstable)
    if confirmed is None:
        return None
    expected = case.sides.reference.in_one(confirmed.condition)
    if expected is not None:
        types, tolerance = case.sides.contract.types, case.sides.exercise.tolerance
        left = residue(confirmed.actual, expected, types, tolerance)
        actual = confirmed.actual if left else worlds.moved(confirmed.expected, 0)
        confirmed = replace(
            confirmed, actual=actual, expected=expected, left=residue(actual, expected, types, tolerance)
        )
    message = (
        "The answer changes when the same rows are stored in another order: somewhere it picks among ties or among "
        "rows without an order. Add the missing sort key."
    )
    return Nondeterministic(message, counterexample.show(confirmed, case.sides, _world(confirmed)))


def _differs(case: Case, confirmed: Confirmed) -> Differs:
    contract, tolerance = case.sides.contract, case.sides.exercise.tolerance
    scores = (case.judgement.score(passed=False),)
    shown = counterexample.show(confirmed, case.sides, _world(confirmed))
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
        passed = not log.falls and _compare(log, case) is None
        score = log_comparison.score(log, case.sides.reference, passed=passed)
    except QueryStopped:
        return replace(found, warnings=(*found.warnings, "the practice log was not run to its end"))
    return replace(found, scores=(score, *found.scores))


def _on_log(cases: Sequence[Case]) -> Verdict:
    """The verdict of an answer that the worlds do not reject: the first reading that the log accepts too."""
    run = cases[0].sides.answer
    log = LogAnswer(run, *run.on_log())
    differences = []
    for case in cases:
        different = _compare(log, case)
        if different is None:
            return _ordered(case, log)
        differences.append((case, different))
    case, different = differences[0]
    if not case.sides.reference.is_stable_on_log():
        return _passed(case, (case.judgement.score(passed=True),), UNSTABLE_LOG)
    return _log_differs(case, log, different)


def _compare(log: LogAnswer, case: Case) -> LogDifference | None:
    return log_comparison.compare(log, case.sides.reference, case.sides.contract, case.sides.exercise.tolerance)


def _log_differs(case: Case, log: LogAnswer, different: LogDifference) -> Differs:
    sides = case.sides
    scores = (log_comparison.score(log, sides.reference, passed=False), case.judgement.score(passed=True))
    actual, expected = different.left.actual, different.left.expected
    left = Residue(tuple(range(len(actual))), tuple(range(len(expected))))
    confirmed = None
    with contextlib.suppress(QueryStopped):  # the rows of the log say enough
        confirmed = counterexample.confirm(sides, counterexample.entities((*actual, *expected), sides.exercise))
    if confirmed is not None:
        actual, expected, left = tuple(confirmed.actual), tuple(confirmed.expected), confirmed.left
    why = diagnose.difference(actual, expected, left, sides.contract, sides.exercise.tolerance)
    counts = f"{different.actual_total} rows on the practice log, expected {different.expected_total}"
    shown = None if confirmed is None else counterexample.show(confirmed, sides, _world(confirmed))
    return Differs(why.message, why.kind, scores, shown, (counts, *why.reasons), sides.contract.warnings)


def _ordered(case: Case, log: LogAnswer) -> Differs | Passed:
    """Right as a bag: now the declared order, on the log and on the worlds with most rows."""
    sides = case.sides
    scores = (log_comparison.score(log, sides.reference, passed=not log.falls), case.judgement.score(passed=True))
    if sides.exercise.order.by:
        found = _fallen_world(case)
        if found is not None or log.falls:
            shown = None if found is None else counterexample.show(found, sides, _world(found))
            return _out_of_order(case, log.falls or (found.falls if found else 0), scores, shown)
    return _passed(case, scores)


def _passed(case: Case, scores: tuple[Score, ...], *more: str) -> Passed:
    warnings = (*case.sides.contract.warnings, *more)
    if case.judgement.total < case.judgement.dropped:
        warnings = (*warnings, f"only {case.judgement.total} small databases could be compared")
    where = "" if more else "on the practice log and "
    message = f"Right: the same rows {where}on {case.judgement.total} small databases."
    return Passed(message, scores, warnings)


def _fallen_world(case: Case) -> Confirmed | None:
    """A small database on which the answer's order falls; its falls are found by running it alone."""
    digests = case.answer.digests
    largest = sorted((world for world in digests if digests[world][0] > 1), key=lambda world: -digests[world][0])
    for world in largest[:ORDERED_WORLDS]:
        actual, falls = case.sides.answer.in_one({"world": world}, case.sides.tables)
        if falls:
            expected = case.sides.reference.in_one({"world": world}) or []
            left = residue(actual, expected, case.sides.contract.types, case.sides.exercise.tolerance)
            return Confirmed({"world": world}, actual, expected, left, falls)
    return None


def _out_of_order(case: Case, falls: int, scores: tuple[Score, ...], shown: Counterexample | None) -> Differs:
    keys = ", ".join(f"{name} DESC" if falling else name for name, falling in case.sides.exercise.order.by)
    message = f"The rows are right but not in the declared order. End with ORDER BY {keys}."
    reasons = (f"{falls} rows stand below where the sort keys put them",)
    return Differs(message, "order", scores, shown, reasons, case.sides.contract.warnings)


def _known_mistake(case: Case) -> str | None:
    """The first line of the `wrong/` answer that gives the same result on every world, if there is one."""
    deadline = time.monotonic() + SECONDS_FOR_MISTAKES
    expected = case.sides.reference.expected()
    judged = [world for pair in expected.pairs for world in pair if world in case.answer.evaluated]
    for path in case.sides.exercise.wrong:
        text = _mistake(path)
        if text is None or time.monotonic() > deadline:
            continue
        try:
            with case.sides.reference.sibling(path) as wrong:
                theirs = wrong.expected().worlds
        except CheckerError:
            continue
        if all(case.answer.digests.get(world) == theirs.get(world) for world in judged):
            return text
    return None


def _mistake(path: Path) -> str | None:
    line = path.read_text(encoding="utf-8").split("\n", 1)[0].strip()
    return line.removeprefix(MISTAKE).strip() if line.startswith(MISTAKE) else None


def _world(confirmed: Confirmed) -> str:
    """Where the counterexample comes from, in words."""
    if "world" in confirmed.condition:
        return f"world {confirmed.condition['world']}"
    return f"practice log, {confirmed.condition['column']} {confirmed.condition['value']}"
