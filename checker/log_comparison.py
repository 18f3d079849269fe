"""Compares an answer with the expected result on the practice log: digests first, then rows of what differs."""

from __future__ import annotations

from dataclasses import dataclass

from checker.compare import Contract, Residue, differing_parts, residue
from checker.exercise import Tolerance
from checker.query_run import MOST_ROWS, QueryRun
from checker.reference import Reference
from checker.result import Digest, ResultRow
from checker.verdict import DataSource, Score

MOST_BUCKETS_SHOWN = 8
MOST_LEFT_OVER = 200


@dataclass(frozen=True, slots=True)
class LogAnswer:
    """An answer's digests on the log by bucket, and how many of its rows stand out of order."""

    run: QueryRun
    digests: dict[int, Digest]
    falls: int


@dataclass(frozen=True, slots=True)
class LogDifference:
    """Rows of some buckets that differ, of both sides, and what is left of them; total row counts."""

    actual: list[ResultRow]
    expected: list[ResultRow]
    left: Residue
    actual_total: int
    expected_total: int


def compare(answer: LogAnswer, reference: Reference, contract: Contract, tolerance: Tolerance) -> LogDifference | None:
    """The difference on the log, None when the bags are equal."""
    expected = reference.expected().log
    parts = differing_parts(answer.digests, expected)
    if not parts:
        return None
    totals = _total(answer.digests), _total(expected)
    if not contract.is_loose:
        parts = sorted(parts, key=lambda part: _rows(answer.digests, part) + _rows(expected, part))
        shown = parts[:MOST_BUCKETS_SHOWN]
        mine, _ = answer.run.rows("log", shown)
        theirs, _ = reference.rows("log", shown)
        return LogDifference(mine, theirs, residue(mine, theirs, contract.types, tolerance), *totals)
    for batch in _batches(parts, answer.digests, expected):
        found = _loose(batch, answer.run, reference, contract, tolerance)
        if found is not None:
            mine, theirs, left = found
            return LogDifference(mine, theirs, left, *totals)
    return None


def _loose(
    batch: list[int], run: QueryRun, reference: Reference, contract: Contract, tolerance: Tolerance
) -> tuple[list[ResultRow], list[ResultRow], Residue] | None:
    """What differs in these buckets, page by page; both sides are sorted the same way."""
    mine: list[ResultRow] = []
    theirs: list[ResultRow] = []
    first, going = 0, True
    while going:
        page_of_mine, more_of_mine = run.rows("log", batch, first=first)
        page_of_theirs, more_of_theirs = reference.rows("log", batch, first=first)
        mine, theirs = mine + page_of_mine, theirs + page_of_theirs
        left = residue(mine, theirs, contract.types, tolerance)
        mine, theirs = [mine[i] for i in left.actual], [theirs[i] for i in left.expected]
        going = (more_of_mine and more_of_theirs) and len(page_of_mine) == len(page_of_theirs) == MOST_ROWS
        going = going and max(len(mine), len(theirs)) <= MOST_LEFT_OVER
        first += MOST_ROWS
        if not going and (mine or theirs or more_of_mine or more_of_theirs):
            return mine, theirs, residue(mine, theirs, contract.types, tolerance)
    return None


def _batches(parts: list[int], mine: dict[int, Digest], theirs: dict[int, Digest]) -> list[list[int]]:
    """Buckets together as long as their rows fit into one message."""
    batches: list[list[int]] = [[]]
    size = 0
    for part in parts:
        rows = max(_rows(mine, part), _rows(theirs, part))
        if batches[-1] and size + rows > MOST_ROWS // 2:
            batches.append([])
            size = 0
        batches[-1].append(part)
        size += rows
    return batches


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
