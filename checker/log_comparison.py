"""Compares an answer with the expected result on the practice log: digests first, then rows of what differs."""

from __future__ import annotations

from dataclasses import dataclass

from checker.compare import differing_parts
from checker.contract import Contract
from checker.exercise import Tolerance
from checker.leftover import Leftover, batches, left_over
from checker.query_run import QueryRun
from checker.reference import Reference
from checker.result import Digest
from checker.verdict import DataSource, Score


@dataclass(frozen=True, slots=True)
class LogAnswer:
    """An answer's digests on the log by bucket, and how many of its rows stand out of order."""

    run: QueryRun
    digests: dict[int, Digest]
    falls: int


@dataclass(frozen=True, slots=True)
class LogDifference:
    """What is left of the first buckets that differ, and the total row counts."""

    left: Leftover
    actual_total: int
    expected_total: int


def compare(answer: LogAnswer, reference: Reference, contract: Contract, tolerance: Tolerance) -> LogDifference | None:
    """The difference on the log, None when the bags are equal."""
    expected = reference.expected().log
    sizes = {
        part: max(_rows(answer.digests, part), _rows(expected, part))
        for part in differing_parts(answer.digests, expected)
    }
    for batch in batches(sorted(sizes, key=lambda part: (sizes[part], part)), sizes):
        left = left_over(answer.run, reference, "log", batch, types=contract.types, tolerance=tolerance)
        if left:
            return LogDifference(left, _total(answer.digests), _total(expected))
    return None


def agrees(answer: LogAnswer, reference: Reference, contract: Contract, tolerance: Tolerance) -> bool:
    """Whether the bags are equal; rows are fetched only where equal values may have different digests."""
    if contract.is_loose:
        return compare(answer, reference, contract, tolerance) is None
    return not differing_parts(answer.digests, reference.expected().log)


def score(answer: LogAnswer, reference: Reference, *, passed: bool) -> Score:
    """Rows of the log in buckets that agree, of all expected rows."""
    expected = reference.expected().log
    total = _total(expected)
    differing = set(differing_parts(answer.digests, expected))
    agreeing = total if passed else sum(digest[0] for part, digest in expected.items() if part not in differing)
    return Score(DataSource.LOG, passed, agreeing, total)


def _rows(digests: dict[int, Digest], part: int) -> int:
    return digests[part][0] if part in digests else 0


def _total(digests: dict[int, Digest]) -> int:
    return sum(digest[0] for digest in digests.values())
